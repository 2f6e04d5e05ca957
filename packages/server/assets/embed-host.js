// Runs in a page that embeds widgets in frames: gives each frame the height its widget says it has, and brings it
// tokens from an endpoint of the page's own server: `data-token="/sama-token"`.
(() => {
  const { src, dataset } = document.currentScript;
  const { origin: sama } = new URL(src);
  const endpoint = dataset.token;
  /** No widget is higher, whatever a message says, in CSS pixels. */
  const HIGHEST = 20_000;

  const frames = () =>
    [...document.querySelectorAll('iframe')].filter((frame) => {
      const url = URL.parse(frame.src, document.baseURI);
      return url?.origin === sama && url.pathname.startsWith('/embed/');
    });
  /** Whether a frame has an origin of its own, which reads `null`. */
  const isAlone = ({ sandbox }) => sandbox.length > 0 && !sandbox.contains('allow-same-origin');

  const token = async () => {
    const answer = await fetch(endpoint, { method: 'POST', credentials: 'same-origin', cache: 'no-store' });
    return answer.ok ? (await answer.json()).token : undefined;
  };

  addEventListener('message', async ({ source, origin, data }) => {
    const frame = frames().find((one) => one.contentWindow === source);
    if (frame === undefined || origin !== (isAlone(frame) ? 'null' : sama)) return;
    if (data?.type === 'sama-height' && data.height > 0 && data.height <= HIGHEST)
      frame.height = String(Math.ceil(data.height));
    // Who cannot say of which origin it is gets none.
    if (data?.type === 'sama-token' && endpoint !== undefined && origin === sama)
      source.postMessage({ type: 'sama-token', v: 1, id: data.id, token: await token().catch(() => undefined) }, sama);
  });

  // A hello says nothing but that it was said: the frame looks at where it comes from.
  const hello = (frame) => {
    const message = { type: 'sama-hello', v: 1, tokens: endpoint !== undefined };
    frame.contentWindow?.postMessage(message, isAlone(frame) ? '*' : sama);
  };
  document.addEventListener('load', ({ target }) => frames().includes(target) && hello(target), true);
  const greet = () => {
    for (const frame of frames()) hello(frame);
  };
  if (document.readyState === 'loading') addEventListener('DOMContentLoaded', greet);
  else greet();
})();
