import type { SharedConnection } from './shared-connection.ts';

/** The connections of this page, each by its configuration. */
export const connections = new Map<string, SharedConnection>();
