// In a frame without an origin: makes the element its page tells of, asks that page, and says what is shown.
const waiting = new Map();
let asked = 0;
const source = {
  query: (question) =>
    new Promise((resolve) => {
      asked += 1;
      waiting.set(asked, resolve);
      parent.postMessage({ question, asked }, '*');
    }),
  command: async () => ({ status: 'refused' }),
  subscribe: () => () => undefined,
};

addEventListener('message', ({ data }) => {
  if (data.asked !== undefined) return waiting.get(data.asked)?.(data.answer);
  const element = document.createElement(data.tag);
  for (const [name, value] of data.attributes) element.setAttribute(name, value);
  Object.assign(element, data.properties, data.asks ? { source } : {});
  document.body.append(element);
  setInterval(() => {
    const text = element.shadowRoot?.querySelector('.sama, .word')?.textContent ?? '';
    parent.postMessage({ text, complaints: window.complaints, origin: self.origin }, '*');
  }, 50);
});
parent.postMessage({ ready: true }, '*');
