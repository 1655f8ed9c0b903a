// Streamlit's side of the frame, in its component protocol: messages to and from the page that holds this frame. It stands
// at the head of the frame's page, so that the incidents travel and are unpacked while the layer is still being fetched.
// Source: https://docs.streamlit.io/develop/concepts/custom-components/components-v1/intro

class Host {
  constructor() {
    this.height = 0;
    this.listening = new Promise((done) => { this.listens = done; });
    this.told = this.listening; // one message after the other
    window.addEventListener("message", (event) => {
      if (event.source !== window.parent || event.data?.type !== "streamlit:render") return;
      const { args } = event.data;
      this._reach(args.height);
      const pack = args.pack ? inflated(args.pack).arrayBuffer() : null;
      this.told = Promise.all([this.listening, pack, this.told])
        .then(([heard, bytes]) => heard(bytes ? { ...args, pack: new Uint8Array(bytes) } : args))
        .catch(reportError);
    });
    this._send("componentReady", { apiVersion: 1 });
  }

  // Runs a packed script from beside the page.
  async run(address) {
    const script = document.createElement("script");
    script.textContent = await inflated(await (await fetch(address)).arrayBuffer()).text();
    document.head.append(script);
  }

  // Hands every message to `heard`, those too that came before.
  hear(heard) {
    this.listens(heard);
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
