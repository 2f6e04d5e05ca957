// Runs first on a strict page and writes down what the browser and the widget complain of.
window.complaints = [];
addEventListener('securitypolicyviolation', (event) =>
  complaints.push(`${event.violatedDirective}: ${event.blockedURI} ${event.sample}`),
);
addEventListener('error', (event) => complaints.push(String(event.message)));
addEventListener('unhandledrejection', (event) => complaints.push(String(event.reason)));
console.warn = (...words) => complaints.push(words.join(' '));
