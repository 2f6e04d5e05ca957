/** Reads the colours a shadow root is drawn in by their token, as sRGB that any program reads. */
export function colorsOf(root: ParentNode): (token: string) => string {
  const frame = root.querySelector('.sama');
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const probe = document.createElement('span');
  return (token) => {
    frame?.append(probe);
    probe.style.setProperty('color', `var(--_${token})`);
    const { color } = getComputedStyle(probe);
    probe.remove();
    if (canvas === null) return color;
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    return `rgb(${canvas.getImageData(0, 0, 1, 1).data.slice(0, 3).join(',')})`;
  };
}
