// A page of the tour before a run. Its own cookies came with it; now it asks every server for
// theirs, as a third party, and once more in a frame with an opaque origin, because browsers keep
// cookies apart by page and frame. Then it goes on to the next page.
'use strict';

const {asked, next} = document.body.dataset;

async function ask(urls) {
  for (const url of urls) {
    // Some pages may not ask some servers.
    await fetch(url, {mode: 'no-cors', credentials: 'include'}).catch(() => 0);
  }
}

function askInFrame(urls) {
  return new Promise(resolve => {
    const frame = document.createElement('iframe');
    frame.sandbox = 'allow-scripts';
    frame.srcdoc = `<script>${ask}; ask(${JSON.stringify(urls)}).then(() => parent.postMessage(0, '*'));</` + 'script>';
    addEventListener('message', resolve);
    document.body.append(frame);
  });
}

const urls = asked.split(' ');
ask(urls).then(() => askInFrame(urls)).then(() => location.replace(next));
