"""The catalogue as a page: each dataset with its files, the interfaces, and where machines read the same."""

from __future__ import annotations

import json

from montages.bilingual import Text
from montages.publish.linked_data.dcat import catalogued_datasets
from montages.publish.linked_data.documents import documents
from montages.publish.linked_data.dump_files import dump_url
from montages.publish.linked_data.formats import DATA
from montages.publish.linked_data.namespace_index import NAMESPACES
from montages.store.licence import ckan_entry
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
    "licence": Text("La licence dans CKAN", "The licence in CKAN"),
    "licence_says": Text(
        "Un portail CKAN reconnaît la licence à son adresse ou à son titre, si elle est dans sa liste de "
        "licences (réglage licenses_group_url). Ajoutez-y :",
        "A CKAN portal knows the licence by its address or its title, if its register of licences has it "
        "(setting licenses_group_url). Add to it:",
    ),
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
                        "url": dump_url(context.root, file.path),
                        "format": file.form.label + (" (gzip)" if file.compressed else ""),
                        "size": size(dump_files.sums[file.path].size, lang),
                    }
                    for file in entry.files
                ],
            }
            for entry in catalogued_datasets(documents(state.dataset), dump_files)
        ],
        changing=state.changing_datasets,
        formats=[(f.label, f"{context.root}/catalog.{f.extension}") for f in DATA],
        namespaces=[
            (index.title[lang], context.href(f"/{index.folder}/")) for index in NAMESPACES.values()
        ],
        void=f"{context.root}/void",
        sums=dump_url(context.root, dumps.SUMS),
        ckan_entry=json.dumps(ckan_entry(), ensure_ascii=False, indent=2),
    )


def size(count: int, lang: str) -> str:
    """Return a number of bytes as people read it."""
    amount, unit = float(count), 0
    while amount >= 1000 and unit < 2:
        amount, unit = amount / 1000, unit + 1
    text = f"{amount:.1f}" if unit and amount < 10 else f"{amount:.0f}"
    return f"{text.replace('.', ',') if lang == 'fr' else text}\u00a0{_UNITS[lang][unit]}"
