"""What each note of an import says, in both languages; `{value}` stands for what the file holds."""

from __future__ import annotations

from montages.bilingual import Text

NOTE_TEXTS: dict[str, Text] = {
    # Any format.
    "no-value": Text(
        "« {value} » n'est pas une valeur : ce champ est tenu pour inconnu.",
        "“{value}” is no value: this field is taken as unknown.",
    ),
    "unknown-word": Text(
        "« {value} » n'est pas un mot de cette liste : ce champ est tenu pour inconnu.",
        "“{value}” is no word of this list: this field is taken as unknown.",
    ),
    "no-amount": Text(
        "« {value} » n'est pas un montant : la valeur est tenue pour inconnue.",
        "“{value}” is no amount: the value is taken as unknown.",
    ),
    "amount-beyond-belief": Text(
        "Montant de {value} €, hors de toute vraisemblance : la valeur est tenue pour inconnue.",
        "Amount of {value} €, beyond belief: the value is taken as unknown.",
    ),
    "no-duration": Text(
        "« {value} » n'est pas une durée : elle est tenue pour inconnue.",
        "“{value}” is no duration: it is taken as unknown.",
    ),
    "no-date": Text(
        "« {value} » n'est pas une date : elle est tenue pour inconnue.",
        "“{value}” is no date: it is taken as unknown.",
    ),
    "year-beyond-belief": Text(
        "Date « {value} », hors de toute vraisemblance : elle est tenue pour inconnue.",
        "Date “{value}”, beyond belief: it is taken as unknown.",
    ),
}
