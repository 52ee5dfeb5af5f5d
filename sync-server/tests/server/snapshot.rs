//! Everything that the server says in words, as it was when somebody last looked at it.

mod api;
mod evidence;
mod mail;

/// Compares a text with the file of that name in a folder under `snapshot/`.
fn assert_as_before(folder: &str, name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(format!("snapshot/{folder}"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
