//! Tasks on the page's one thread.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(raw_module = "/rest.js")]
extern "C" {
    #[wasm_bindgen(js_name = complete)]
    async fn complete_js();
}

pub fn spawn(task: impl Future<Output = ()> + 'static) {
    wasm_bindgen_futures::spawn_local(task);
}

pub async fn sleep(milliseconds: u32) {
    gloo_timers::future::TimeoutFuture::new(milliseconds).await;
}

pub async fn complete() {
    complete_js().await;
}
