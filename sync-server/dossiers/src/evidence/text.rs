//! The texts that only the page of a pack has. Those that the check has too are in [`proof::evidence::text`].

ui::texts! {
    /// Texts of the page of a pack.
    Page {
        title: "Bewijs van akkoord", "Evidence of an approval";
        subtitle: "Dit is geen gekwalificeerde elektronische handtekening.", "This is not a qualified electronic signature.";
        technical: "Technische gegevens", "Technical details";
        challenge: "Uitdaging (wat is getekend)", "Challenge (what was signed)";
        signed(at: usize, of: usize): "In de lijst die is getekend, {at} van {of}: versie, hash van de PDF, hash van de verklaring", "In the signed list, {at} of {of}: revision, hash of the PDF, hash of the statement";
        record(name: &str): "Plaats in het logboek: {name}", "Position in the log: {name}";
        seal: "Openbare sleutel van het zegel", "Public key of the seal";
        check: "Controleer dit pakket zonder netwerk met: akkoord-verify PAKKET.zip", "Check this pack without a network with: akkoord-verify PACK.zip";
        foot(number: &str): "Klantnummer {number}", "Client number {number}";
    }
}
