// Plays scenarios: in a page, in a frame of it, or in a worker. A page gets its work from the
// server that it came from and tells it the results; frames and workers get theirs by messages.
'use strict';

const LIMIT_MS = 4000;
const FRAME_MS = 500;
const pause = ms => new Promise(resolve => setTimeout(resolve, ms));
const isWorker = typeof document === 'undefined';
const isFrame = !isWorker && window.parent !== window;

// --- What the APIs are given -----------------------------------------------------------------

function bodyOf(body) {
  if (!body) return undefined;
  const bytes = () => new TextEncoder().encode(body.text || '');
  switch (body.kind) {
    case 'string': return body.text || '';
    case 'urlsearchparams': return new URLSearchParams(body.text || '');
    case 'formdata': {
      const data = new FormData();
      data.append('text', body.text || '');
      return data;
    }
    case 'blob': return new Blob([body.text || ''], {type: body.type || ''});
    case 'arraybuffer': return bytes().buffer;
    case 'stream': return new ReadableStream({
      start(controller) {
        controller.enqueue(bytes());
        controller.close();
      },
    });
    default: throw new Error(`no such body: ${body.kind}`);
  }
}

function initOf(request) {
  const init = {method: request.method, headers: request.headers || []};
  for (const name of ['credentials', 'mode', 'redirect', 'cache', 'keepalive', 'integrity']) {
    if (request[name] !== undefined && request[name] !== null) init[name] = request[name];
  }
  if (request.referrer_policy !== undefined) init.referrerPolicy = request.referrer_policy;
  const body = bodyOf(request.body);
  if (body !== undefined) init.body = body;
  if (request.body && request.body.kind === 'stream') init.duplex = 'half';
  return init;
}

// --- One function for each API: it resolves with what the page sees ---------------------------

async function playFetch(request) {
  let own;
  try {
    own = new Request(request.url, initOf(request));
  } catch (error) {
    return {outcome: 'throw', error: String(error)};
  }
  const page_request = {method: own.method, headers: [...own.headers]};
  try {
    const response = await fetch(request.url, initOf(request));
    const seen = {
      outcome: 'resolve', type: response.type, status: response.status, redirected: response.redirected,
      url: response.url, headers: [...response.headers], page_request,
    };
    // Read to its end, so that the connection is free for the next request.
    await response.arrayBuffer().catch(() => 0);
    return seen;
  } catch (error) {
    return {outcome: 'reject', error: String(error), page_request};
  }
}

function playXhr(request) {
  return new Promise(resolve => {
    const xhr = new XMLHttpRequest();
    try {
      xhr.open(request.method ?? 'GET', request.url, true);
      xhr.withCredentials = request.credentials === 'include';
      if (request.upload_listeners) xhr.upload.onprogress = () => {};
      for (const [name, value] of request.headers || []) xhr.setRequestHeader(name, value);
      xhr.onerror = () => resolve({outcome: 'reject'});
      xhr.onload = () => resolve({
        outcome: 'resolve', status: xhr.status, url: xhr.responseURL,
        headers: xhr.getAllResponseHeaders().split('\r\n').filter(Boolean).map(line => {
          const colon = line.indexOf(':');
          return [line.slice(0, colon).toLowerCase(), line.slice(colon + 2)];
        }).sort(),
      });
      xhr.send(bodyOf(request.body));
    } catch (error) {
      resolve({outcome: 'throw', error: String(error)});
    }
  });
}

async function playBeacon(request, id) {
  let sent;
  try {
    sent = navigator.sendBeacon(request.url, bodyOf(request.body));
  } catch (error) {
    return {outcome: 'throw', error: String(error)};
  }
  await quiet(id);
  return {outcome: sent ? 'resolve' : 'reject'};
}

function playEventSource(request) {
  return new Promise(resolve => {
    let source;
    try {
      source = new EventSource(request.url, {withCredentials: request.credentials === 'include'});
    } catch (error) {
      resolve({outcome: 'throw', error: String(error)});
      return;
    }
    const end = outcome => {
      source.close();
      resolve({outcome});
    };
    source.onopen = () => end('resolve');
    source.onerror = () => end('reject');
  });
}

// Put an element with these properties into the page, and wait for one of its events.
function element(name, properties, request, good = 'load') {
  return new Promise(resolve => {
    const node = document.createElement(name);
    const end = outcome => resolve({outcome, node});
    node.addEventListener(good, () => end('resolve'));
    node.addEventListener('error', () => end('reject'));
    if (request.crossorigin) node.crossOrigin = request.crossorigin;
    if (request.integrity) node.integrity = request.integrity;
    if (request.referrer_policy) node.referrerPolicy = request.referrer_policy;
    for (const [property, value] of Object.entries(properties)) node[property] = value;
    document.body.append(node);
  });
}

async function playImg(request) {
  const {outcome, node} = await element('img', {src: request.url}, request);
  const effects = {};
  if (outcome === 'resolve') {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 1;
    const context = canvas.getContext('2d');
    context.drawImage(node, 0, 0);
    try {
      context.getImageData(0, 0, 1, 1);
      effects.canvas = 'clean';
    } catch {
      effects.canvas = 'tainted';
    }
  }
  node.remove();
  return {outcome, effects};
}

// A script that throws tells whether the page may see its errors.
async function playScript(request) {
  let error;
  const listener = event => {
    error = event.message === 'Script error.' && !event.error ? 'muted' : 'full';
    event.preventDefault();
  };
  self.addEventListener('error', listener);
  const type = request.api === 'module' ? {type: 'module'} : {};
  const {outcome, node} = await element('script', {...type, src: request.url}, request);
  self.removeEventListener('error', listener);
  node.remove();
  return {outcome, effects: error ? {error} : {}};
}

async function playImport(request) {
  try {
    await import(request.url);
    return {outcome: 'resolve'};
  } catch (error) {
    return {outcome: 'reject', error: String(error)};
  }
}

async function playStyle(request) {
  const {outcome, node} = await element('link', {rel: 'stylesheet', href: request.url}, request);
  const effects = {};
  if (outcome === 'resolve') {
    try {
      effects.rules = node.sheet && node.sheet.cssRules ? 'readable' : 'hidden';
    } catch {
      effects.rules = 'hidden';
    }
  }
  node.remove();
  return {outcome, effects};
}

// Recordings call a preload that CORS applies to a manifest.
async function playPreload(request) {
  const {outcome, node} = await element('link', {rel: 'preload', as: 'fetch', href: request.url}, request);
  node.remove();
  return {outcome};
}

async function playFont(request) {
  try {
    await new FontFace('corsac', `url("${request.url}")`).load();
    return {outcome: 'resolve'};
  } catch (error) {
    return {outcome: 'reject', error: String(error)};
  }
}

async function playMedia(request) {
  const {outcome, node} = await element(request.api, {src: request.url}, request, 'loadedmetadata');
  node.remove();
  return {outcome};
}

async function playTrack(request) {
  const video = document.createElement('video');
  if (request.crossorigin) video.crossOrigin = request.crossorigin;
  document.body.append(video);
  const track = document.createElement('track');
  const outcome = await new Promise(resolve => {
    track.onload = () => resolve('resolve');
    track.onerror = () => resolve('reject');
    track.default = true;
    track.src = request.url;
    video.append(track);
    track.track.mode = 'hidden';
  });
  video.remove();
  return {outcome};
}

// A frame tells when it has loaded, but not that it never will: an answer without a document leaves
// it as it was. So the servers' quiet counts as well.
async function playIframe(request, id) {
  const frame = document.createElement('iframe');
  frame.src = request.url;
  if (request.referrer_policy) frame.referrerPolicy = request.referrer_policy;
  const loaded = new Promise(resolve => frame.addEventListener('load', resolve));
  document.body.append(frame);
  await Promise.all([quiet(id), Promise.race([loaded, pause(FRAME_MS)])]);
  const effects = frameEffects(frame);
  frame.remove();
  return {outcome: 'resolve', effects};
}

async function playForm(request, id) {
  const frame = document.createElement('iframe');
  frame.name = `form-${id}`;
  document.body.append(frame);
  const form = document.createElement('form');
  form.method = request.method || 'GET';
  form.action = request.url;
  form.target = frame.name;
  // The kind of the body is the form's `enctype`.
  const kind = request.body ? request.body.kind : '';
  form.enctype = {formdata: 'multipart/form-data', string: 'text/plain'}[kind] || form.enctype;
  const field = document.createElement('input');
  field.name = 'text';
  field.value = request.body ? request.body.text || '' : '';
  form.append(field);
  document.body.append(form);
  const loaded = new Promise(resolve => frame.addEventListener('load', resolve));
  form.submit();
  await Promise.all([quiet(id), Promise.race([loaded, pause(FRAME_MS)])]);
  const effects = frameEffects(frame);
  form.remove();
  frame.remove();
  return {outcome: 'resolve', effects};
}

function frameEffects(frame) {
  try {
    return {document: frame.contentDocument ? 'accessible' : 'closed'};
  } catch {
    return {document: 'closed'};
  }
}

function playWebSocket(request) {
  return new Promise(resolve => {
    let socket;
    try {
      socket = new WebSocket(request.url);
    } catch (error) {
      resolve({outcome: 'throw', error: String(error)});
      return;
    }
    socket.onopen = () => {
      socket.onerror = null;
      socket.close();
      resolve({outcome: 'resolve'});
    };
    socket.onerror = () => resolve({outcome: 'reject'});
  });
}

// A worker's script is fetched with GET; any other method is a fetch() inside a worker.
function playWorker(request, id) {
  if ((request.method || 'GET') !== 'GET') return playInWorker({...request, api: 'fetch'}, id);
  return new Promise(resolve => {
    let worker;
    try {
      worker = new Worker(request.url);
    } catch (error) {
      resolve({outcome: 'throw', error: String(error)});
      return;
    }
    const end = outcome => {
      worker.terminate();
      resolve({outcome});
    };
    worker.onerror = event => {
      event.preventDefault();
      end('reject');
    };
    // A script that says nothing has run.
    worker.onmessage = () => end('resolve');
    quiet(id).then(() => end('resolve'));
  });
}

const APIS = {
  fetch: playFetch, xhr: playXhr, beacon: playBeacon, eventsource: playEventSource, img: playImg,
  script: playScript, module: playScript, import: playImport, style: playStyle, font: playFont,
  video: playMedia, audio: playMedia, track: playTrack, manifest: playPreload, preload: playPreload,
  worker: playWorker, iframe: playIframe, form: playForm, websocket: playWebSocket,
};

// Whatever happens, there is a result after the limit. The request itself is left alone: to abort
// it would change what the server sees.
async function play(request, id) {
  const late = pause(LIMIT_MS).then(() => ({outcome: 'timeout'}));
  const played = APIS[request.api || 'fetch'](request, id).catch(error => ({outcome: 'throw', error: String(error)}));
  const observed = await Promise.race([played, late]);
  if (observed.effects && !Object.keys(observed.effects).length) delete observed.effects;
  return observed;
}

// --- Frames and workers -----------------------------------------------------------------------

// Messages go to `target` and come from the port of it that answers.
function ask(target, message) {
  return new Promise(resolve => {
    const channel = new MessageChannel();
    channel.port1.onmessage = event => resolve(event.data);
    if (target instanceof Worker) target.postMessage(message, [channel.port2]);
    else target.postMessage(message, '*', [channel.port2]);
  });
}

async function playInWorker(request, id) {
  const worker = new Worker('/ctl/runner.js');
  const observed = await ask(worker, {request, id});
  worker.terminate();
  return observed;
}

const frames = new Map();

// A frame of the page: of an origin, or opaque (`sandbox`, `data`).
function frameOf(kind) {
  if (!frames.has(kind)) {
    const frame = document.createElement('iframe');
    if (kind === 'sandbox') frame.sandbox = 'allow-scripts allow-forms';
    const origin = kind === 'sandbox' ? location.origin : kind;
    frame.src = kind === 'data'
      ? `data:text/html,<!doctype html><meta charset=utf-8><body><script src="${location.origin}/ctl/runner.js"></script>`
      : `${origin}/ctl/frame/${batch()}`;
    frames.set(kind, new Promise(resolve => frame.addEventListener('load', () => resolve(frame.contentWindow))));
    document.body.append(frame);
  }
  return frames.get(kind);
}

async function playIn(kind, request, id) {
  if (!kind) return play(request, id);
  const played = kind === 'worker'
    ? playInWorker(request, id)
    : frameOf(kind).then(frame => ask(frame, {request, id}));
  // A frame or worker that the browser does not let load never answers.
  return Promise.race([played, pause(2 * LIMIT_MS).then(() => ({outcome: 'timeout'}))]);
}

function serve(event) {
  const {request, id} = event.data || {};
  if (request && event.ports[0]) play(request, id).then(observed => event.ports[0].postMessage(observed));
}

// --- The page ---------------------------------------------------------------------------------

const now = () => performance.timeOrigin + performance.now();
const batch = () => Number(document.body.dataset.batch);
const post = (path, value) => fetch(`/ctl/${path}`, {method: 'POST', body: JSON.stringify(value)});

// Wait until the servers have had nothing more of this line for a moment.
async function quiet(id) {
  await fetch(`${base}/ctl/quiet/${id}`).catch(() => 0);
}

async function playPart(part, opaque) {
  const started = now();
  const result = {batch: batch(), id: part.id, started};
  if (part.line) {
    // WebKitGTK says no URL with what it prints; the mark tells where a scenario begins.
    console.log(`corsac ${part.id}`);
    result.observed = await playIn(opaque, part.line.request, part.id);
    if (result.observed.headers) result.observed.headers.sort();
  } else {
    result.outcomes = await playPhase(part, opaque);
  }
  result.ended = now();
  await post('result', result);
}

async function playPhase(part, opaque) {
  const outcomes = [];
  for (const [index, step] of part.phase.steps.entries()) {
    if (step.wait_ms) await pause(step.wait_ms);
    await post('step', {id: part.id, step: part.first_step + index});
    const requests = step.request ? [step.request] : step.parallel;
    const via = step.via || opaque;
    const seen = await Promise.all(requests.map(request => playIn(via, request, part.id)));
    outcomes.push(seen.map(one => one.outcome).join('+'));
  }
  return outcomes;
}

async function playBatch() {
  const answer = await fetch(`/ctl/batch/${batch()}`);
  if (!answer.ok) return;
  const work = await answer.json();
  const query = new URLSearchParams(work.page_query || '');
  const opaque = work.opaque ? query.get('frame') || 'sandbox' : undefined;
  const parts = work.parts[Symbol.iterator]();
  const row = async () => {
    for (const part of parts) await playPart(part, opaque);
  };
  await Promise.all(Array.from({length: work.side_by_side}, row));
}

async function goOn() {
  for (;;) {
    const next = await (await fetch(`/ctl/next/${batch()}`)).text();
    if (next) {
      location.replace(next);
      return;
    }
  }
}

// Where this script came from: frames with an opaque origin have no other address to ask.
const base = isWorker ? self.location.origin : new URL(document.currentScript.src).origin;

if (isWorker || isFrame) self.addEventListener('message', serve);
else playBatch().then(goOn);
