//! The texts of the form that adds a person or splits a household.

ui::texts! {
    /// Texts about who belongs to a household.
    Household {
        add: "Voeg iemand toe", "Add somebody";
        add_title: "Iemand toevoegen aan dit dossier", "Add somebody to this dossier";
        add_lead: "Een partner, een kind dat helpt of een bewindvoerder. Ieder krijgt een eigen login en een eigen passkey.",
            "A partner, a child who helps or a legal representative. Everybody gets an own login and an own passkey.";
        role_hint: "Alleen wie akkoord geeft, tekent aangiften. Een helper vult in en stuurt stukken, een meelezer ziet alles en verandert niets.",
            "Only who approves signs tax returns. A helper fills in and sends documents, a reader sees everything and changes nothing.";
        split: "Eigen dossier na een scheiding", "Own dossier after a divorce";
        split_lead(name: &str): "Vanaf een belastingjaar krijgt {name} een eigen dossier. De jaren daarvoor blijven in dit dossier: beiden kunnen die blijven lezen, en de ander ziet niets van het nieuwe.",
            "From a tax year on {name} has an own dossier. The years before stay in this one: both can still read them, and the other sees nothing of the new one.";
        split_from: "Eerste belastingjaar met een eigen dossier", "First tax year with an own dossier";
        split_number: "Nummer van het nieuwe dossier", "Number of the new dossier";
        split_button: "Maak een eigen dossier", "Make an own dossier";
        split_nothing: "Er is nog niets veranderd.", "Nothing has changed yet.";
        left(year: i16): "Vanaf belastingjaar {year} in een eigen dossier", "In an own dossier from tax year {year} on";
    }
}
