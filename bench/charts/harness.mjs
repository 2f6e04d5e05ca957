/**
 * The part all pages share: hosts of one size, a clock, and the moment when everything stands.
 * A contender draws into the hosts and says what is still under way and whether all is there.
 */
const SIZE = { width: '900px', height: '520px' };
const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

function hostsOf(count) {
  document.body.style.cssText = 'margin: 0; display: grid; grid-template-columns: repeat(10, max-content)';
  const hosts = Array.from({ length: count }, () => {
    const host = document.createElement('div');
    Object.assign(host.style, SIZE);
    return host;
  });
  document.body.append(...hosts);
  return hosts;
}

/**
 * @param {(hosts: HTMLElement[], envelope: object) => { busy?: () => boolean, problems: () => string[] }} draw
 */
export function contender(draw) {
  window.draw = async (envelope, count) => {
    const hosts = hostsOf(count);
    await frame();
    await frame();
    const start = performance.now();
    const { busy = () => false, problems } = draw(hosts, envelope);
    let end;
    do {
      // The first frame draws, the second begins when that is done.
      await frame();
      await frame();
      end = performance.now();
    } while (busy());
    return { ms: end - start, problems: problems() };
  };
}
