//! Placeholder, replaced below.
pub fn tidy(_: &std::path::Path) -> anyhow::Result<()> { Ok(()) }
