import { expect } from '@open-wc/testing';
import * as lit from 'lit';
import * as ours from './templates.ts';

type Html = typeof ours.html;
type Show = (html: Html) => unknown;

/** What is rendered in turn into one place, without the comments that mark it. */
function show(steps: readonly Show[], { html, render }: typeof ours): string[] {
  const container = document.createElement('div');
  return steps.map((step) => {
    render(step(html), container);
    return container.innerHTML.replaceAll(/<!--.*?-->/g, '');
  });
}

/** Values that take each other's place: every kind in every order of two. */
const values: [string, Show][] = [
  ['no text', () => ''],
  ['undefined', () => undefined],
  ['text', () => 'a <b> & "c"'],
  ['another text', () => 'b'],
  ['a number', () => 0],
  ['a template', (html) => html`<b>${1}</b>`],
  ['a template that ends on an expression', (html) => html`${'x'}${'y'}`],
  ['a nested one', (html) => html`<i>${html`<u>${'z'}</u>`}</i> ${html`t`}`],
  ['an array', (html) => [1, html`<b>2</b>`, '3']],
  ['a shorter array', () => ['x']],
  ['an array in an array', (html) => [['a', html`<b>b</b>`], []]],
  ['an empty array', () => []],
];

describe('templates', () => {
  const litLike = lit as unknown as typeof ours;

  it('render content as Lit does, whatever took its place', () => {
    for (const [first, one] of values) {
      for (const [second, other] of values) {
        const inside: Show[] = [one, other, one].map(
          (value) => (html) => html`<p>${value(html)}|${value(html)}</p>`,
        );
        const alone = [one, other, one];
        for (const steps of [inside, alone])
          expect(show(steps, ours), `${first}, ${second}`).to.deep.equal(show(steps, litLike));
      }
    }
  });

  it('set attributes as Lit does', () => {
    const shown: unknown[] = ['a', 'b "c"', 0, true, false, undefined, null, ''];
    const steps = shown.map(
      (value): Show =>
        (html) =>
          html`<p id="x" title=${value} class="a ${value} b ${'c'}" ?hidden=${value}>${value}</p>
          <svg viewBox="0 0 1 1"><path pathLength=${value} d="M${1} 2" /></svg>`,
    );
    expect(show(steps, ours)).to.deep.equal(show(steps, litLike));
  });

  it('keep the nodes of a template that is rendered again', () => {
    const container = document.createElement('div');
    const draw = (text: string) => ours.render(ours.html`<p>${text}</p>`, container);
    draw('a');
    const before = container.querySelector('p');
    const text = before?.lastChild;
    draw('b');
    expect(container.querySelector('p') === before).to.equal(true);
    expect(text?.textContent).to.equal('b');
  });

  it('call listeners on the host, the last one that was given', () => {
    const host = document.createElement('div');
    const container = host.attachShadow({ mode: 'open' });
    const heard: unknown[] = [];
    const draw = (name: string) =>
      ours.render(
        ours.html`<button
          @click=${function (this: unknown) {
            heard.push(name, this === host);
          }}
        ></button>`,
        container,
      );
    draw('first');
    draw('second');
    container.querySelector('button')?.click();
    expect(heard).to.deep.equal(['second', true]);
  });

  it('show markup in a text as text', () => {
    const container = document.createElement('div');
    ours.render(ours.html`<p title=${'"><img>'}>${'<img src=x onerror=alert(1)>'}{ws}</p>`, container);
    expect(container.querySelector('img') === null).to.equal(true);
    expect(container.textContent).to.contain('<img src=x');
  });
});
