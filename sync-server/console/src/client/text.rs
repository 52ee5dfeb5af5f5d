//! The texts of the page that changes a client.

ui::texts! {
    /// Texts of the page that changes a client.
    EditClient {
        title: "Klant bewerken", "Edit client";
        number: "Klantnummer", "Client number";
        name: "Naam van het dossier", "Name of the dossier";
        advisor: "Adviseur", "Advisor";
        advisor_unknown: "Kies een adviseur van uw kantoor.", "Choose an advisor of your firm.";
        tags: "Labels", "Tags";
        tags_hint: "met komma's ertussen", "with commas between";
        tags_malformed: "Hooguit 20 labels van elk 40 tekens.", "At most 20 tags of 40 characters each.";
        save: "Bewaar", "Save";
        cancel: "Terug naar het dossier", "Back to the dossier";
        access: "Toegang", "Access";
        block_lead: "Niemand van deze klant kan nog inloggen, en wie is ingelogd, wordt uitgelogd. Het dossier blijft zoals het is, ook wat zij nog niet hadden verstuurd blijft op hun apparaat.", "Nobody of this client can log in any more, and who is logged in is logged out. The dossier stays as it is; what they had not sent yet stays on their device.";
        block: "Blokkeer deze klant", "Block this client";
        blocked_since(at: &str): "Geblokkeerd sinds {at}.", "Blocked since {at}.";
        unblock: "Geef weer toegang", "Give access again";
        archive: "Archief", "Archive";
        archive_lead: "De klant verdwijnt uit de tabel en de cijfers. U vindt het dossier terug onder Meer filters, Archief.", "The client disappears from the table and the figures. You find the dossier under More filters, Archive.";
        put_aside: "Zet in het archief", "Put in the archive";
        archived_since(at: &str): "In het archief sinds {at}.", "In the archive since {at}.";
        take_back: "Haal terug", "Take back";
    }
}
