"""One address of each kind of page, for the tests that look at all of them."""

from __future__ import annotations

from urllib.parse import urlencode

from montages.guests import guests

THINGS = {
    "contract": "/id/contract/mpgp.html",
    "abstract-contract": "/id/contract/marche-public.html",
    "procedure": "/id/procedure/dialogue-competitif.html",
    "channel": "/id/channel/groupement-de-commandes.html",
    "criterion": "/id/criterion/investment-funding.html",
    "numeric-criterion": "/id/criterion/estimated-value.html",
    "requirement": "/requirement/mpgp-operation.html",
    "requirement-version": "/requirement/mpgp-operation/2019-04-01.html",
    "layer": "/id/layer/iot-network.html",
    "option": "/id/matrix/objects-own.html",
    "document": "/id/document/ccp.html",
    "clause": "/id/clause/ccp-l2171-3.html",
    "element": "/id/sheet/T2-funding-mpgp.html",
    "project": "/id/project/saumur.html",
    "panel-case": "/id/panel/village-meters.html",
    "query": "/query/questions/31-contracts-and-an-answer.html",
    "class": "/def/ContractType.html",
    "property": "/def/holder.html",
    "module": "/module/rulebook.html",
    "release": "/module/rulebook/0.1.0.html",
    "compiled-module": "/module/compiled/2026-01-01.html",
    "shape": "/shape/Project-holder.html",
    "value": "/id/investment-funding/public.html",
    "yes-no": "/id/yes-no/yes.html",
    "scheme": "/id/scheme/deployment.html",
    "bucket": "/id/estimated-value/from-216000-under-432000.html",
    "threshold": "/id/threshold/dispense-works.html",
    "attention": "/id/attention/mpgp-indicators.html",
    "compiled": "/compiled/Satisfied-mpgp-operation.html",
    "problem": "/problem/unknown-name.html",
    "other": "/id/lever/industry.html",
}
_QUERY = (
    "SELECT ?criterion ?order ?name { ?criterion a <def/Criterion> ; <def/displayOrder> ?order ; "
    "<http://www.w3.org/2004/02/skos/core#prefLabel> ?name } ORDER BY ?order ?name LIMIT 12"
)
PAGES = {
    "home": "/",
    "contracts": "/contracts",
    "criteria": "/criteria",
    "layers": "/layers",
    "requirements": "/requirements",
    "sources": "/sources",
    "projects": "/projects",
    "entry": "/projects/saumur.html",
    "entry-version": "/projects/dijon/versions/1.html",
    "entries-narrowed": "/projects?contract=mpgp&q=di",
    "panel": "/panel",
    "terms": "/terms",
    "ontology": "/def/",
    "things-by-kind": "/id/",
    "shapes-by-kind": "/shape/",
    "queries": "/queries",
    "matrix": "/matrix",
    "layer-matrix": "/layer-matrix",
    "data": "/data",
    "search": "/search?q=concession",
    "search-empty": "/search",
    "search-project": "/search?q=capteurs+eclerage",
    "tree": "/tree",
    "contest": "/contest",
    "validate": "/validate",
    "try": "/try",
    "tool": "/projet",
    "tool-question": "/projet?holder=commune&usages=street-lighting&layers=objects:own",
    "tool-layers": "/projet?holder=commune&perimeters=nord,sud&ask=layers",
    "api": "/api",
    "thresholds": "/seuils?estimated-value=50000&contract-object=supplies&network-activity=none",
    "editor": "/sparql",
    "result": f"/sparql?{urlencode({'query': _QUERY})}",
    "resource": f"/describe?{urlencode({'iri': 'http://data.europa.eu/eli/ontology#LegalResource'})}",
    "answer": "/queries/contracts-compared.html",
    "not-found": "/nowhere",
    "explorer": "/explorer#management-mode=delegated",
}
# Pages of a guest, which stands with all others or not at all.
if guests().absent:
    PAGES = {name: path for name, path in PAGES.items() if not path.startswith("/projects/")}
ALL = THINGS | PAGES
HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
