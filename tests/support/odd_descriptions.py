"""Odd descriptions: those that the fast engine leaves to the reference, those that it foresees."""

from __future__ import annotations

HEAD = """@prefix mtg: <https://w3id.org/montages/def/> .
@prefix layer: <https://w3id.org/montages/id/layer/> .
@prefix mode: <https://w3id.org/montages/id/management-mode/> .
@prefix funding: <https://w3id.org/montages/id/investment-funding/> .
@prefix usage: <https://w3id.org/montages/id/usage/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

# What the fast engine leaves to the reference engine, said of `<{}> a mtg:Project ;`.
HANDED = {
    "two layer uses of one name":
        "mtg:hasLayerUse <{0}/a/x>, <{0}/b/x> . <{0}/a/x> mtg:layer layer:objects ; mtg:durationMonths 12 . "
        "<{0}/b/x> mtg:layer layer:platform ; mtg:investmentFunding funding:public",
    "two perimeters of one name":
        "mtg:hasPerimeter <{0}/a/x>, <{0}/b/x> . <{0}/b/x> mtg:investmentFunding funding:public",
    "a unit written by hand":
        "mtg:x <{0}#unit> . <{0}#unit> a mtg:Unit ; mtg:ofProject <{0}> ; "
        "mtg:investmentFunding funding:public",
    "a layer use of two layers":
        "mtg:hasLayerUse <{0}#x> . <{0}#x> mtg:layer layer:objects, layer:platform",
    "a layer that is a text": 'mtg:hasLayerUse <{0}#x> . <{0}#x> mtg:layer "objects"',
    "a layer use that is a text": 'mtg:hasLayerUse "objects"',
    "a perimeter that is a text": 'mtg:hasPerimeter "centre", <{0}#y>',
    "a perimeter of a layer use that is a text":
        'mtg:hasLayerUse <{0}#x> . <{0}#x> mtg:layer layer:objects ; mtg:perimeter "centre"',
    "two numbers": "mtg:durationMonths 12, 240",
    "a number that is a text": 'mtg:durationMonths "12"',
    "a number that is none": 'mtg:durationMonths "NaN"^^xsd:double',
    "a number that is a thing": "mtg:durationMonths <{0}#x>",
    "a list of usages complete and not": "mtg:usagesComplete true, false ; mtg:usage usage:water",
    "a list of usages complete by a word": 'mtg:usagesComplete "yes" ; mtg:usage usage:water',
    "one unit of two modes":
        "mtg:layersComplete true ; mtg:hasLayerUse <{0}#x> . "
        "<{0}#x> mtg:layer layer:objects ; mtg:managementMode mode:subscription, mode:own",
    "a retained contract that is a text": 'mtg:retains "dsp"',
    "an assumption that is a text": 'mtg:assumes "yes"',
    "an assertion that is a text": 'mtg:assertsRequirement "mpgp-operation"',
    "an asserted requirement that is a text":
        'mtg:assertsRequirement <{0}#x> . <{0}#x> mtg:requirement "mpgp-operation"',
}  # fmt: skip

FORESEEN = {
    "an answer that is a text": 'mtg:investmentFunding "public", funding:public',
    "an answer on no list": "mtg:investmentFunding funding:gold",
    "two answers": "mtg:investmentFunding funding:public, funding:private",
    "a list of layers complete and not": "mtg:layersComplete true, false",
    "a list of layers complete by a number": 'mtg:layersComplete "1"^^xsd:boolean',
    "a usage that is a text": 'mtg:usage "water", usage:water ; mtg:usagesComplete true',
    "a number that is not whole": 'mtg:durationMonths 12.5 ; mtg:estimatedValue "1.0E6"^^xsd:double',
    "a number below all buckets": "mtg:durationMonths -3",
    "a layer use without a layer": "mtg:hasLayerUse <{0}#x> . <{0}#x> mtg:durationMonths 12",
    "a layer use in a perimeter that the project does not have":
        "mtg:hasPerimeter <{0}#a> ; mtg:hasLayerUse <{0}#x> . <{0}#x> mtg:layer layer:objects ; "
        "mtg:perimeter <{0}#b> . <{0}#b> mtg:durationMonths 12",
    "a layer use that is a perimeter": "mtg:hasPerimeter <{0}#a> ; mtg:hasLayerUse <{0}#a>",
    "an answer of a type that is no answer": "a mtg:Perimeter, <{0}#kind>",
    "unknown as a text": 'mtg:declaresUnknown "duration" ; mtg:declaresComplete "dialogue-case"',
}  # fmt: skip
