/** What a tree is made of, shadow trees and the root itself included. */
export interface NodeCounts {
  elements: number;
  texts: number;
  comments: number;
  /** Shadow roots. */
  others: number;
}

export function countNodes(root: Node): NodeCounts {
  const counts: NodeCounts = { elements: 0, texts: 0, comments: 0, others: 0 };
  const roots = [root];
  for (let next = roots.pop(); next; next = roots.pop()) {
    const walker = document.createTreeWalker(next, NodeFilter.SHOW_ALL);
    for (let node: Node | null = next; node; node = walker.nextNode()) {
      counts[kindOf(node)] += 1;
      if (node instanceof Element && node.shadowRoot) roots.push(node.shadowRoot);
    }
  }
  return counts;
}

export function sumOf({ elements, texts, comments, others }: NodeCounts): number {
  return elements + texts + comments + others;
}

function kindOf(node: Node): keyof NodeCounts {
  if (node.nodeType === Node.ELEMENT_NODE) return 'elements';
  if (node.nodeType === Node.TEXT_NODE) return 'texts';
  return node.nodeType === Node.COMMENT_NODE ? 'comments' : 'others';
}
