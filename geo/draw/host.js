// Streamlit's side of the frame, in its component protocol: messages to and from the page that holds this frame.
// Source: https://docs.streamlit.io/develop/concepts/custom-components/components-v1/intro

class Host {
  constructor(heard) {
    this.height = 0;
    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || event.data?.type !== "streamlit:render") return;
      this._reach(event.data.args.height);
      heard(event.data.args);
    });
    this._send("componentReady", { apiVersion: 1 });
  }

  tell(value) {
    this._send("setComponentValue", { value, dataType: "json" });
  }

  // The page gives the frame no height before it asks for one.
  _reach(height) {
    if (height === this.height) return;
    this.height = height;
    this._send("setFrameHeight", { height });
  }

  _send(type, more) {
    window.parent.postMessage({ isStreamlitMessage: true, type: "streamlit:" + type, ...more }, "*");
  }
}

// Runs `act` once the frame has a size: drawn before, everything would have to be drawn twice.
function whenSized(act) {
  if (window.innerHeight > 1 && window.innerWidth > 1) {
    act();
    return;
  }
  const look = () => {
    if (window.innerHeight <= 1) return;
    window.removeEventListener("resize", look);
    act();
  };
  window.addEventListener("resize", look);
}

// In Streamlit the frame is one constant page: the land and the incidents reach it side by side.
function serve(map, constants) {
  const land = fetch("basemap.json.gz").then(async (answer) => inflated(await answer.arrayBuffer()).json());
  const sized = new Promise((done) => { whenSized(done); });
  let [layer, newest, host] = [null, null, null];
  const heard = new Promise((done) => {
    host = new Host((args) => {
      newest = args;
      layer?.receive(args);
      done();
    });
  });
  Promise.all([land.catch(() => ({})), sized, heard]).then(([basemap]) => {
    const { options, theme } = newest;
    layer = new IncidentLayer(map, { ...constants, ...options, theme, basemap, tell: (value) => host.tell(value) });
    window.incidentLayer = layer;
    layer.receive(newest);
  });
}
