//! The texts about what files take.

ui::texts! {
    /// Texts about what files take.
    StorageUse {
        title: "Opslag", "Storage";
        used(bytes: &str, most: &str): "{bytes} van {most}", "{bytes} of {most}";
        files(files: u64, most: u64): "{files} van {most} bestanden", "{files} of {most} files";
        of_client: "Is het vol, dan wachten nieuwe documenten op het apparaat van uw klant.", "When it is full, new documents wait on your client’s device.";
        of_firm: "Is het vol, dan wachten nieuwe documenten van alle klanten. De beheerder van de server kan meer ruimte geven.", "When it is full, new documents of all clients wait. The server’s administrator can give more room.";
    }
}
