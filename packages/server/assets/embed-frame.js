// Runs in an embed page: tells the page around how high the widget is, and asks it for tokens, once that page has
// said hello from an origin that may embed it.
(() => {
  const { tag, asks, hosts } = document.currentScript.dataset;
  const allowed = new Set([location.origin, ...hosts.split(' ')]);
  const widget = document.querySelector(tag);
  /** Milliseconds the page around may take for a token. */
  const PATIENCE = 10_000;
  /** @type {{ source: MessageEventSource, origin: string } | undefined} */
  let host;
  let told = 0;
  let asked = 0;
  /** What waits for a token, by the number it was asked with. */
  const waiting = new Map();

  // A ticket opens once; what is spent need not stand in the address. One without an origin cannot change it.
  const address = new URL(location.href);
  if (self.origin !== 'null' && address.searchParams.has('ticket')) {
    address.searchParams.delete('ticket');
    history.replaceState(history.state, '', address);
  }

  // In a sandbox of an origin of its own a page may ask no server: what was rendered is all there is.
  if (self.origin === 'null') widget.removeAttribute('src');

  const say = (message) => host.source.postMessage({ v: 1, ...message }, { targetOrigin: host.origin });

  const tell = () => {
    const height = Math.ceil(document.body.getBoundingClientRect().height);
    if (host === undefined || height === told) return;
    told = height;
    say({ type: 'sama-height', height });
  };

  const fetchToken = () =>
    new Promise((resolve, reject) => {
      asked += 1;
      const id = asked;
      const late = setTimeout(() => {
        waiting.delete(id);
        reject(new Error('the page around gave no token'));
      }, PATIENCE);
      waiting.set(id, (token) => {
        waiting.delete(id);
        clearTimeout(late);
        if (typeof token === 'string' && token !== '') resolve(token);
        else reject(new Error('the page around gave no token'));
      });
      say({ type: 'sama-token', id });
    });

  /** From now on the widget asks the server by itself, with tokens of the page around. */
  const open = () => {
    if (widget.fetchToken) return;
    document.getElementById('waits')?.remove();
    widget.hidden = false;
    widget.fetchToken = fetchToken;
    widget.setAttribute('src', '/');
  };

  addEventListener('message', ({ source, origin, data }) => {
    if (source !== parent || source === null || !allowed.has(origin)) return;
    if (data?.type === 'sama-hello') {
      host = { source, origin };
      told = 0;
      tell();
      if (data.tokens === true && asks === 'host' && self.origin !== 'null') open();
    } else if (data?.type === 'sama-token' && origin === host?.origin) waiting.get(data.id)?.(data.token);
  });
  new ResizeObserver(tell).observe(document.body);
})();
