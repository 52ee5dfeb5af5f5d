//! Starts the app in a browser. A native build has nothing to start: there the
//! crate is a library for tests.

fn main() {
    #[cfg(all(feature = "web", target_arch = "wasm32"))]
    {
        console_error_panic_hook::set_once();
        // A task of its own, so that the page can answer between the two large pieces of a start.
        wasm_bindgen_futures::spawn_local(async {
            app::shell::pause(0).await;
            dioxus::LaunchBuilder::web().launch(app::app::App);
        });
    }
}
