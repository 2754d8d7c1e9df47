/** What `custom-elements.json` is made from: the doc comments of the elements. */
export default {
  globs: ['src/elements/**/*.ts'],
  exclude: ['**/*.test.ts', '**/*.styles.ts', '**/testing/**'],
  outdir: 'dist',
  litelement: true,
  quiet: true,
  plugins: [tagsFromRegister(), publicOnly()],
};

/** Reads `register('ws-chat', WsChat)`, as each `define.ts` has it. */
function tagsFromRegister() {
  const tags = new Map();
  return {
    name: 'tags-from-register',
    analyzePhase({ ts, node }) {
      if (!ts.isCallExpression(node) || node.expression.getText() !== 'register') return;
      const [tag, element] = node.arguments;
      if (tag && element && ts.isStringLiteral(tag)) tags.set(element.getText(), tag.text);
    },
    packageLinkPhase({ customElementsManifest }) {
      for (const declaration of customElementsManifest.modules.flatMap(
        (module) => module.declarations ?? [],
      )) {
        const tagName = declaration.kind === 'class' && tags.get(declaration.name);
        if (tagName) Object.assign(declaration, { tagName, customElement: true });
      }
    },
  };
}

/** Leaves the elements alone, at the paths that a page imports, with what a page may use of them. */
function publicOnly() {
  return {
    name: 'public-only',
    packageLinkPhase({ customElementsManifest }) {
      customElementsManifest.modules = customElementsManifest.modules.flatMap((module) => {
        const declarations = (module.declarations ?? []).filter((declaration) => declaration.tagName);
        const path = module.path.replace(/^src\/elements\/([^/]+)\/.*$/, 'dist/elements/$1.js');
        return declarations.length ? [{ ...module, path, ...publicFace(path, declarations) }] : [];
      });
    },
  };

  function publicFace(path, declarations) {
    for (const declaration of declarations) {
      declaration.superclass = { name: 'LitElement', package: 'lit' };
      declaration.members = declaration.members?.filter(
        ({ name, privacy, static: isStatic }) =>
          (privacy ?? 'public') === 'public' && !isStatic && !name.startsWith('#'),
      );
      // What is dispatched by a helper has no name there: the doc comment has it.
      declaration.events = declaration.events?.filter(({ name }) => name.startsWith('ws-'));
      for (const thing of [declaration.members, declaration.attributes, declaration.events].flat()) {
        if (!thing) continue;
        delete thing.inheritedFrom;
        // A constant's name tells a reader nothing; the description does.
        if (
          /^[A-Z_.a-z]*[A-Za-z]$/.test(thing.default ?? '') &&
          !/^(true|false|undefined)$/.test(thing.default)
        )
          delete thing.default;
      }
    }
    return {
      declarations,
      exports: declarations.map(({ name, tagName }) => ({
        kind: 'custom-element-definition',
        name: tagName,
        declaration: { name, module: path },
      })),
    };
  }
}
