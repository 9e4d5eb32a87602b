"""The catalogue as a page: each dataset with its files, the interfaces, and where machines read the same."""

from __future__ import annotations

from montages.bilingual import Text
from montages.publish.linked_data import dump_files as files
from montages.publish.linked_data.dcat import entries
from montages.publish.linked_data.documents import documents
from montages.publish.linked_data.formats import GRAPH
from montages.web.app_state import AppState
from montages.web.linked_data import dumps
from montages.web.pages.page_context import page_context

_WORDS = {
    "title": Text("Catalogue des données", "Data catalogue"),
    "says": Text(
        "Tout ce qui est publié ici, à télécharger. Data.gouv.fr et les portails CKAN peuvent moissonner ce "
        "catalogue (DCAT-AP 3).",
        "All that is published here, for download. Data.gouv.fr and CKAN portals can harvest this catalogue "
        "(DCAT-AP 3).",
    ),
    "machines": Text("Ce catalogue pour les machines", "This catalogue for machines"),
    "void": Text("Description statistique (VoID)", "Statistical description (VoID)"),
    "sums": Text("Sommes de contrôle de tous les fichiers", "Checksums of all files"),
    "interfaces": Text("Interfaces", "Interfaces"),
    "sparql": Text("Point d'accès SPARQL", "SPARQL endpoint"),
    "api": Text("Description de l'API (OpenAPI)", "Description of the API (OpenAPI)"),
    "file": Text("Fichier", "File"),
    "format": Text("Format", "Format"),
    "size": Text("Taille", "Size"),
}
_UNITS = {"fr": ("octets", "ko", "Mo"), "en": ("bytes", "kB", "MB")}


def catalogue_page(state: AppState) -> str:
    """Return the page of the whole catalogue, in the reader's language."""
    context, dump_files = page_context(state), dumps.of(state)
    lang = context.lang
    return context.render(
        "catalogue.html",
        words={name: text[lang] for name, text in _WORDS.items()},
        entries=[
            {
                "title": entry.title[lang],
                "says": entry.summary[lang],
                "page": context.href(f"/{entry.page}"),
                "anchor": entry.identifier,
                "files": [
                    {
                        "name": file.path,
                        "url": files.url(context.root, file.path),
                        "format": file.form.label + (" (gzip)" if file.compressed else ""),
                        "size": size(dump_files.sums[file.path].size, lang),
                    }
                    for file in entry.files
                ],
            }
            for entry in entries(documents(state.dataset), dump_files)
        ],
        formats=[(f.label, f"{context.root}/catalog.{f.extension}") for f in GRAPH],
        void=f"{context.root}/void",
        sums=files.url(context.root, dumps.SUMS),
    )


def size(count: int, lang: str) -> str:
    """Return a number of bytes as people read it."""
    amount, unit = float(count), 0
    while amount >= 1000 and unit < 2:
        amount, unit = amount / 1000, unit + 1
    text = f"{amount:.1f}" if unit and amount < 10 else f"{amount:.0f}"
    return f"{text.replace('.', ',') if lang == 'fr' else text}\u00a0{_UNITS[lang][unit]}"
