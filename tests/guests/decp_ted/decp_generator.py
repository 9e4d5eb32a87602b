"""Files of essential data as buyers publish them, made up, with a label on each contract: in scope, or not.

What is bought is worded as buyers word it, near misses included; nothing here is taken from the words
by which contracts are chosen. The same seed gives the same file.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

# What a contract is for, and its CPV code; concessions have no code.
IN_SCOPE = (
    ("Entretien et dépannage des installations d'éclairage public", "50232100"),
    ("ECLAIRAGE PUBLIC : MAINTENANCE PREVENTIVE ET CURATIVE", "50232100"),
    ("Travaux de rénovation de l'éclairage public avenue de la Gare", "45316110"),
    ("Remplacement des lanternes vétustes par des lanternes à LED", "34928530"),
    ("Rénovation de l'éclairage des voies communales, passage en LED", "45316110"),
    ("Marché global de performance : éclairage public et patrimoine lumineux", "50232100"),
    ("Géoréférencement et entretien du parc de points lumineux", "50232110"),
    ("Fourniture de mâts et de luminaires pour l'EP", "34928500"),
    ("Lot 2 - secteur Est", "50232100"),
    ("Entretien de l'EP et de la SLT", "50232000"),
    ("Maintenance des carrefours à feux", "50232200"),
    ("Fourniture de matériel de signalisation lumineuse tricolore", "34996100"),
    ("Pose de boucles de comptage des véhicules sur le réseau départemental", "34972000"),
    ("Compteurs permanents de trafic routier : fourniture et maintenance", "34970000"),
    ("Fourniture, pose et maintenance d'horodateurs", "38730000"),
    ("Guidage à la place dans les parkings en ouvrage", "34926000"),
    ("Capteurs d'occupation des places de stationnement en voirie", "35125100"),
    ("Extension du dispositif de vidéoprotection urbaine, tranche 3", "32323500"),
    ("Installation de caméras sur la voie publique et raccordement au CSU", "35125300"),
    ("Maintenance du systeme de video-surveillance de la ville", "50343000"),
    ("Télérelève des compteurs d'eau : fourniture, pose et exploitation", "65500000"),
    ("Modules radio pour la relève des compteurs d'eau", "38421100"),
    ("Déploiement de compteurs communicants sur le réseau d'eau potable", "38421100"),
    ("Modernisation de la télégestion des ouvrages d'eau potable", "32441200"),
    ("Pose de débitmètres de sectorisation sur le réseau de distribution", "38421000"),
    ("Recherche de fuites : prélocalisateurs acoustiques à poste fixe", "38410000"),
    ("Autosurveillance du réseau d'assainissement, équipement des déversoirs d'orage", "38420000"),
    ("Diagnostic permanent du système d'assainissement : fourniture des instruments", "38420000"),
    ("Equipement des points d'apport volontaire en sondes de remplissage", "35125100"),
    ("Contrôle d'accès aux conteneurs enterrés d'ordures ménagères", "44613800"),
    ("Mise en place d'une GTB dans les bâtiments communaux", "45311000"),
    ("Marché public global de performance énergétique sur douze groupes scolaires", "45321000"),
    ("Outil de suivi des consommations d'énergie du patrimoine bâti", "48000000"),
    ("Fourniture et pose de capteurs de CO2 dans les écoles", "38431000"),
    ("Location de micro-capteurs de qualité de l'air extérieur", "38434000"),
    ("Réseau bas débit LoRaWAN : passerelles et exploitation", "32412000"),
    ("Plateforme IoT du département", "48000000"),
    ("Objets connectés au service des politiques publiques", "32441100"),
    ("Acquisition et intégration d'un hyperviseur urbain", "48000000"),
    ("Plateforme de données du territoire et portail open data", "72300000"),
    ("Assistance à maîtrise d'ouvrage smart city", "72224000"),
    ("Réalisation du projet de territoire intelligent", "72000000"),
    ("Arrosage automatique centralisé des espaces verts", "43323000"),
    ("Surveillance du niveau des cours d'eau : sondes et alerte aux crues", "38290000"),
    ("Marché d'exploitation du parc lumineux communal", "50232100"),
    ("Travaux neufs et extensions EP sur les communes adhérentes", "45316110"),
    ("Fourniture d'appareils d'éclairage à LED pour la voirie", "34928500"),
    ("Dépannage des foyers lumineux", "50232110"),
    ("Entretien des feux de carrefour", "50232200"),
    ("Système de priorité des bus aux intersections", "34996000"),
    ("Caméras de surveillance du domaine public", "32323500"),
    ("Dispositif de vidéoverbalisation", "32323500"),
    ("Relève à distance de 12 000 compteurs d'abonnés", "65500000"),
    ("Renouvellement du parc compteurs avec têtes émettrices", "38421100"),
    ("Supervision des stations de pompage", "48000000"),
    ("Automatisme et télétransmission des postes de refoulement", "31682000"),
    ("Instrumentation des réseaux d'eaux pluviales", "38420000"),
    ("Colonnes enterrées équipées de détecteurs de niveau", "34928480"),
    ("Identification des usagers pour la tarification incitative des déchets", "48000000"),
    ("Gestion technique centralisée des installations de chauffage", "50720000"),
    ("CPE sur les bâtiments communaux", "45321000"),
    ("Sous-comptage énergétique connecté des bâtiments", "38554000"),
    ("Détecteurs de dioxyde de carbone pour les crèches", "38431000"),
    ("Stations de mesure de la pollution atmosphérique", "38344000"),
    ("Réseau radio longue portée pour objets communicants", "32418000"),
    ("Poste de pilotage multi-métiers du territoire", "48000000"),
    ("Pilotage des données de la ville : socle et tableaux de bord", "48000000"),
    ("Jumeau numérique du territoire", "72000000"),
    ("Plate-forme d'hypervision", "48000000"),
    ("Programmateurs d'arrosage pilotables à distance", "43323000"),
    ("Sondes d'humidité connectées pour l'arrosage", "38000000"),
    ("Guidage dynamique vers les parkings", "34926000"),
    ("Lecture automatique de plaques pour le contrôle du stationnement", "35125300"),
    ("Sondes de chaussée pour la viabilité hivernale", "38120000"),
    ("Maintenance de l'éclairage et de la signalisation tricolore", "50232000"),
    ("Détection des fuites sur le réseau d'eau par capteurs à demeure", "38000000"),
    ("Supervision centralisée de l'usine d'eau potable et des réservoirs", "48000000"),
    ("Régulation semaphorique centralisée", "34996000"),
    ("Travaux d'enfouissement et de renouvellement du réseau d'éclairage public rue Pasteur", "45316110"),
    ("Accord-cadre à bons de commande EP : fourniture et pose", "45316110"),
    ("Réparation des pannes sur le réseau lumineux communal", "50232100"),
    ("Modernisation du parc d'éclairage par luminaires à LED, phase 2", "45311000"),
    ("Remise aux normes des armoires de commande d'éclairage", "31214000"),
    ("Mise en place de la vidéo protection sur la commune", "32323500"),
    ("Acquisition et installation de 14 caméras supplémentaires en centre-ville", "35125300"),
    ("Centre de supervision : renouvellement des équipements vidéo", "32323500"),
    ("Feux tricolores : maintenance préventive et corrective", "50232200"),
    ("Panneaux à message variable et recueil de données de trafic", "34970000"),
    ("Bornes de stationnement minute connectées", "34926000"),
    ("Compteurs vélos et affichage dynamique", "34970000"),
    ("Fourniture de compteurs d'eau équipés de radio-relève", "38421100"),
    ("Exploitation de la télé-relève des abonnés du service de l'eau", "65500000"),
    ("Sectorisation des réseaux d'alimentation en eau potable : travaux et télétransmission", "45231300"),
    ("Renouvellement des automates et de la supervision de l'usine de traitement d'eau potable", "42961200"),
    ("Suivi en continu des rejets et des déversoirs d'orage", "38420000"),
    ("Télésurveillance des postes de relèvement", "32441100"),
    ("Système embarqué d'identification et de pesée pour bennes à ordures", "48000000"),
    ("Bacs pucés et logiciel pour la redevance incitative", "34928480"),
    ("GTB : remplacement des automates de la mairie", "42961200"),
    ("Contrat de performance énergétique des écoles et gymnases", "71314200"),
    ("Suivi énergétique du patrimoine et télérelève des fluides", "72310000"),
    ("Mesure de la qualité de l'air intérieur par capteurs connectés dans les crèches", "38431000"),
    ("Fourniture d'un réseau LoRa privé", "32412000"),
    ("Capteurs communicants pour bâtiments et espaces publics", "35125100"),
    ("Solution de supervision urbaine (hypervision)", "48000000"),
    ("Plateforme territoriale de la donnée", "72300000"),
    ("Portail open data départemental", "72400000"),
    ("Arrosage connecté des massifs", "43323000"),
    ("Sondes et télémesure pour la prévention des inondations", "38290000"),
    ("AMO territoire connecté et durable", "72224000"),
    ("Smart village : objets et plateforme", "72000000"),
    ("Jalonnement dynamique des parcs de stationnement", "34924000"),
)  # fmt: skip
NEAR_MISSES = (
    ("Fourniture de matériel d'éclairage scénique pour le théâtre municipal", "31527000"),
    ("Remplacement de l'éclairage de la salle des fêtes", "45311000"),
    ("Blocs d'éclairage de sécurité des établissements recevant du public", "31518200"),
    ("Location, pose et dépose des illuminations de fin d'année", "31522000"),
    ("Capteurs de chlore et régulation des bassins de la piscine", "38400000"),
    ("Capteurs solaires thermiques de la piscine intercommunale", "09331100"),
    ("Réhabilitation du réseau d'assainissement, rue des Lilas", "45232410"),
    ("Curage et inspection par caméra des canalisations d'eaux usées", "90470000"),
    ("Renouvellement de canalisations d'eau potable", "45231300"),
    ("Fourniture de compteurs d'eau froide et de pièces de fontainerie", "38421100"),
    ("Gardiennage et télésurveillance des locaux administratifs", "79714000"),
    ("Télésurveillance médicale de patients à domicile", "85100000"),
    ("Maintenance des ascenseurs et de leur téléalarme", "50750000"),
    ("Travaux de voirie et d'aménagement de la plateforme de compostage", "45233140"),
    ("Plateforme de dématérialisation des marchés publics", "72416000"),
    ("Entrepôt de données de santé du centre hospitalier", "48610000"),
    ("Construction d'un parking relais de 200 places", "45223300"),
    ("Marquage au sol de places de stationnement", "45233221"),
    ("Collecte des ordures ménagères et du tri sélectif", "90511000"),
    ("Fourniture de bacs roulants et de conteneurs à déchets", "34928480"),
    ("Vidéoprojecteurs interactifs pour les écoles", "38652100"),
    ("Captation vidéo des séances du conseil municipal", "92111200"),
    ("Caméras-piétons pour la police municipale", "35125300"),
    ("Caméras thermiques pour les sapeurs-pompiers", "38651000"),
    ("Diagnostics de performance énergétique des logements", "71314300"),
    ("Isolation et amélioration énergétique du groupe scolaire, lot menuiseries", "45421000"),
    ("Exploitation des installations de chauffage et production d'eau chaude", "50720000"),
    ("Journaux électroniques d'information", "32351200"),
    ("Raccordement à la fibre optique des bâtiments communaux", "45314300"),
    ("Abonnements de téléphonie mobile et cartes SIM", "64212000"),
    ("Arrosage intégré des terrains de football", "45236110"),
    ("Logiciel de gestion de la relation usagers", "48445000"),
    ("Campagne réglementaire de mesure du radon", "90711000"),
    ("Fourniture de panneaux de signalisation verticale", "34992200"),
    ("Entretien des feux de forêt et débroussaillement", "77200000"),
    ("Virtualisation des serveurs et remplacement de l'hyperviseur", "48820000"),
    ("Lecteurs de puces pour l'identification des animaux", "33000000"),
    ("Acquisition de bornes escamotables", "34928000"),
    ("Mise en valeur par la lumière de la façade de l'hôtel de ville", "45316000"),
    ("Groupes électrogènes et éclairage de chantier", "31120000"),
    ("Lampes et tubes pour les bâtiments", "31500000"),
    ("Sondes d'alimentation et dispositifs médicaux", "33140000"),
    ("Capteurs de glycémie en continu", "33124130"),
    ("Sonde échographique", "33112000"),
    ("Raccordement électrique des compteurs de chantier", "65300000"),
    ("Comptage des oiseaux hivernants", "90700000"),
    ("Collecte de données pour l'observatoire de l'habitat", "72314000"),
    ("Observatoire social : plateforme de données partagées", "72300000"),
    ("Portail captif wifi des médiathèques", "32400000"),
    ("Plateforme de formation en ligne", "80420000"),
    ("Suivi de chantier de la chaufferie bois", "71247000"),
    ("Contrôle d'accès par badges des bâtiments", "42961100"),
    ("Géolocalisation des véhicules de service", "34114000"),
    ("Puces RFID pour la bibliothèque", "30000000"),
    ("Supervision informatique des serveurs", "48000000"),
    ("Sonde de pression pour le bloc opératoire", "33190000"),
    ("Alerte à la population par SMS", "64212100"),
    ("Télégestion des services d'aide à domicile", "48000000"),
    ("Détection incendie et vidéosurveillance du musée", "35121700"),
    ("Vidéosurveillance du centre hospitalier", "32323500"),
    ("Mât de drapeau et pavoisement", "44000000"),
    ("Feux d'artifice du 14 juillet", "24613200"),
    ("Éclairage des courts de tennis", "45316000"),
    ("Travaux rue de la Lanterne", "45233140"),
    ("Réservoir d'eau potable : génie civil", "45247270"),
    ("Poste de relevage : génie civil et équipements", "45232423"),
    ("Curage des postes de refoulement", "90470000"),
    ("Bacs de collecte des papiers de bureau", "34928480"),
    ("Location de nacelle pour l'élagage", "43000000"),
    ("Vente de places de spectacle en ligne", "48000000"),
    ("Système d'information géographique", "38221000"),
    ("Logiciel de gestion des déchèteries", "48000000"),
    ("Travaux de réseaux secs : EP, EU, AEP", "45231300"),
    ("Éclairage intérieur des bureaux de la préfecture", "31520000"),
    ("Lustres et lampes pour l'opéra", "31520000"),
    ("Sonorisation et éclairage du festival d'été", "79952000"),
    ("Vidéosurveillance des laboratoires universitaires", "32323500"),
    ("Caméra d'inspection pour le service assainissement", "38651000"),
    ("Extension du réseau d'eaux usées et des eaux pluviales", "45232410"),
    ("Analyses de la qualité de l'eau potable", "71620000"),
    ("Compteurs d'énergie thermique", "38550000"),
    ("Produits de traitement pour la station d'épuration", "24962000"),
    ("Boues de station d'épuration : transport et compostage", "90513900"),
    ("Location de compacteurs en déchèterie", "34144512"),
    ("Enlèvement des déchets verts", "90511000"),
    ("Bornes de recharge pour véhicules électriques", "31158000"),
    ("Parking du pôle santé : terrassement", "45223300"),
    ("Abonnement au stationnement du personnel", "63712400"),
    ("Signalisation horizontale", "45233221"),
    ("Panneaux de rue et plaques de numéros", "34928472"),
    ("Feux arrière et pièces détachées pour autobus", "34300000"),
    ("Système de téléphonie sur IP", "32550000"),
    ("Réseau informatique : commutateurs", "32420000"),
    ("Hébergement du site internet", "72415000"),
    ("Progiciel de gestion financière", "48440000"),
    ("Audit énergétique des bâtiments", "71314300"),
    ("Fourniture d'électricité et de gaz", "09310000"),
    ("Chaufferie biomasse : maîtrise d'œuvre", "71300000"),
    ("Climatisation et traitement de l'air", "45331000"),
    ("Alarme intrusion des écoles", "79711000"),
    ("Médecine du travail : télésurveillance", "85100000"),
    ("Dossier patient et plateforme de données cliniques", "48814000"),
    ("Restauration du pont : mise en lumière exclue", "45221000"),
    ("Balisage des plages", "34931000"),
    ("Arrosage des massifs à la tonne à eau", "77310000"),
    ("Étude de faisabilité d'un réseau de chaleur", "71314000"),
    ("Drones de surveillance des forêts", "34711200"),
    ("Capteurs de pression pour banc d'essai", "38420000"),
    ("Travaux d'assainissement : instrumentation du chantier exclue", "45232410"),
)  # fmt: skip
OTHERS = (
    ("Fourniture de denrées alimentaires pour la restauration scolaire", "15000000"),
    ("Nettoyage des locaux et de la vitrerie", "90911200"),
    ("Prestations d'assurance : dommages aux biens", "66510000"),
    ("Maîtrise d'œuvre pour la construction d'une crèche", "71200000"),
    ("Transport scolaire, circuit n° 12", "60130000"),
    ("Fournitures de bureau et consommables", "30192000"),
    ("Travaux de voirie, programme annuel", "45233140"),
    ("Réfection de la toiture de l'église", "45261000"),
    ("Acquisition d'un véhicule utilitaire", "34136000"),
    ("Entretien des espaces verts et fauchage", "77310000"),
    ("Impression du bulletin municipal", "79810000"),
    ("Vêtements de travail", "18110000"),
    ("Travaux d'étanchéité, lot 4", "45261420"),
    ("Contrôles périodiques réglementaires", "71630000"),
    ("Formation des agents", "80500000"),
    ("Mobilier scolaire", "39160000"),
    ("Démolition de l'ancienne école", "45111000"),
    ("Fourniture de granulats et d'enrobés", "44113000"),
    ("Conseil juridique et représentation en justice", "79110000"),
    ("Location de bungalows", "44211000"),
)
CONCESSIONS_IN_SCOPE = (
    "Exploitation du service public de l'eau potable avec déploiement de la télérelève",
    "Concession pour la modernisation et l'exploitation de l'éclairage public",
    "Concession relative aux horodateurs et au contrôle d'accès des parcs de stationnement",
    "Réseau radio pour l'internet des objets sur le territoire",
    "Concession éclairage, vidéoprotection et feux",
)
CONCESSIONS_OTHER = (
    "Exploitation du service public de l'eau potable",
    "Service public de l'assainissement collectif",
    "Exploitation du parc de stationnement souterrain",
    "Gestion de la crèche municipale",
    "Concession de plage, lot 3",
    "Exploitation du camping municipal",
    "Réseau de chaleur urbain",
    "Concession d'aménagement de l'îlot de la gare",
    "Fourrière automobile",
    "Mobilier urbain publicitaire",
)
_WHERE = (
    "",
    "",
    "",
    " - commune de Montfleury",
    " (2023-2026)",
    " - Lot n° 2",
    " sur le territoire communautaire",
)
_PROCEDURES = (
    "Procédure adaptée",
    "Appel d'offres ouvert",
    "Procédure avec négociation",
    "Appel d'offres restreint",
)
# Numbers that pass the check of a SIREN, of no known body.
_BUYERS = tuple(f"{siren}00019" for siren in ("999990005", "999990013", "999990021", "999990039"))


def contracts(count: int, seed: int = 1) -> Iterator[tuple[str, dict[str, Any], bool]]:
    """Yield so many contracts: the list each stands in, its tree, whether it is in scope."""
    random = Random(seed)  # noqa: S311  # made-up data, the same each time
    for number in range(count):
        if random.random() < 0.06:
            label = random.random() < 0.3
            words = random.choice(CONCESSIONS_IN_SCOPE if label else CONCESSIONS_OTHER)
            yield "contrat-concession", _concession(random, number, words), label
            continue
        share = random.random()
        kind = IN_SCOPE if share < 0.08 else NEAR_MISSES if share < 0.2 else OTHERS
        words, cpv = random.choice(kind)
        yield "marche", _marche(random, number, words, cpv), kind is IN_SCOPE


def write_decp(path: Path, count: int, seed: int = 1) -> dict[str, bool]:
    """Write a file in format 2.0.3, contract by contract, and return the label of each by its identifier."""
    labels = {}
    concessions = path.with_suffix(".concessions")
    with path.open("w", encoding="utf-8") as out, concessions.open("w", encoding="utf-8") as aside:
        out.write('{"marches": {"marche": [')
        separators = {"marche": "", "contrat-concession": ""}
        for name, tree, label in contracts(count, seed):
            labels[tree["id"]] = label
            file = out if name == "marche" else aside
            file.write(separators[name] + json.dumps(tree, ensure_ascii=False))
            separators[name] = ",\n"
        out.write('], "contrat-concession": [')
        aside.flush()
        with concessions.open(encoding="utf-8") as back:
            for line in back:
                out.write(line)
        out.write("]}}")
    concessions.unlink()
    return labels


def _worded(random: Random, words: str) -> str:
    words += random.choice(_WHERE)
    style = random.random()
    return words.upper() if style < 0.1 else words


def _marche(random: Random, number: int, words: str, cpv: str) -> dict[str, Any]:
    framework = random.random() < 0.3
    day = f"{random.randint(2019, 2026)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    tree: dict[str, Any] = {
        "id": f"M{number:07}",
        "acheteur": {"id": random.choice(_BUYERS)},
        "nature": "Marché",
        "objet": _worded(random, words),
        "codeCPV": cpv + ("-0" if random.random() < 0.1 else ""),
        "techniques": {"technique": ["Accord-cadre" if framework else "Sans objet"]},
        "modalitesExecution": {
            "modaliteExecution": ["Bons de commande" if framework else "Sans objet"]
        },
        "marcheInnovant": random.random() < 0.03,
        "ccag": "Pas de CCAG",
        "offresRecues": random.randint(1, 9),
        "attributionAvance": False,
        "typeGroupementOperateurs": "Pas de groupement",
        "sousTraitanceDeclaree": False,
        "procedure": random.choice(_PROCEDURES),
        "lieuExecution": {"code": f"{random.randint(1, 95):02}", "typeCode": "Code département"},
        "dureeMois": random.choice((6, 12, 24, 36, 48, 48, 60, 96)),
        "dateNotification": day,
        "datePublicationDonnees": day,
        "montant": round(random.lognormvariate(11.5, 1.3), 2),
        "typesPrix": {"typePrix": ["Définitif révisable"]},
        "formePrix": "Unitaire",
        "titulaires": [{"titulaire": {"id": "99999000500019", "typeIdentifiant": "SIRET"}}],
        "considerationsSociales": {"considerationSociale": ["Pas de considération sociale"]},
        "considerationsEnvironnementales": {
            "considerationEnvironnementale": ["Clause environnementale"]
        },
    }
    if random.random() < 0.02:
        tree["nature"] = "Marché de partenariat"
    if random.random() < 0.1:
        change = {"id": 1, "dateNotificationModification": day, "dureeMois": 72}
        tree["modifications"] = [{"modification": change}]
    return tree


def _concession(random: Random, number: int, words: str) -> dict[str, Any]:
    day = f"{random.randint(2019, 2026)}-{random.randint(1, 12):02}-{random.randint(1, 28):02}"
    return {
        "id": f"C{number:07}",
        "autoriteConcedante": {"id": random.choice(_BUYERS)},
        "nature": random.choice(
            ("Délégation de service public", "Concession de service", "Concession de travaux")
        ),
        "objet": _worded(random, words),
        "procedure": "Procédure négociée ouverte",
        "dureeMois": random.choice((60, 120, 180, 240)),
        "dateSignature": day,
        "datePublicationDonnees": day,
        "dateDebutExecution": day,
        "valeurGlobale": round(random.lognormvariate(14, 1.2), 2),
        "montantSubventionPublique": 0,
        "concessionnaires": [
            {"concessionnaire": {"id": "99999000500019", "typeIdentifiant": "SIRET"}}
        ],
    }
