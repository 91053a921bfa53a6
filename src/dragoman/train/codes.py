"""The codes that an annotation may use: categories with their modes, CAMEO codes, sectors, countries, statuses.

Facts of PLOVER 2.0 and CAMEO (numbers and short codes); which CAMEO roots belong to which category is our decision 16.
"""


def _words(text: str) -> frozenset[str]:
    """The words of a string as a set."""
    return frozenset(text.split())


MODES: dict[str, frozenset[str]] = {
    category: _words(modes)
    for category, modes in {
        "AGREE": "",
        "CONSULT": "visit third-party multilateral phone",
        "SUPPORT": "",
        "CONCEDE": "",
        "COOPERATE": "",
        "AID": "",
        "RETREAT": "withdraw release disarm ceasefire access resign",
        "REQUEST": "assist change yield meet",
        "ACCUSE": "disapprove investigate allege",
        "REJECT": "assist change yield meet",
        "THREATEN": "restrict arrest relations expel territory violence",
        "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
        "SANCTION": "convict expel withdraw discontinue",
        "MOBILIZE": "troops weapons police militia",
        "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
        "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack "
        "heavy-weapons crowd-control aerial drone unconventional",
        "STATEMENT": "",
    }.items()
}

# Beginnings of the CAMEO codes that fit a category.
ROOTS: dict[str, tuple[str, ...]] = {
    "AGREE": ("03",),
    "CONSULT": ("04",),
    "SUPPORT": ("05",),
    "CONCEDE": ("03", "055", "056", "08"),
    "COOPERATE": ("06",),
    "AID": ("07",),
    "RETREAT": ("08",),
    "REQUEST": ("02", "10"),
    "ACCUSE": ("09", "11"),
    "REJECT": ("12",),
    "THREATEN": ("13",),
    "PROTEST": ("14",),
    "SANCTION": ("116", "16", "172"),
    "MOBILIZE": ("15",),
    "COERCE": ("17", "191", "192"),
    "ASSAULT": ("171", "175", "18", "19", "20"),
    "STATEMENT": ("01",),
}

SECTORS = _words(
    "GOV MIL COP JUD LEG OPP PTY REB SPY CVL BUS MED JRN NGO IGO LAB REL EDU CRM REF SOC AGR ELI UAF UNK PRM PRE"
)
STATUSES = _words("asserted negated planned pledged proposed signalled hypothetical alleged perceived background")
SPEAKERS = _words("report named unnamed")
INSTRUMENTS = frozenset(
    ("treaty", "agreement", "memorandum", "joint statement", "protocol", "contract", "twinning", "ceasefire", "other")
)
AGREEMENT_STATUSES = _words(
    "proposed under_negotiation announced agreed initialled signed approved ratified in_force suspended "
    "denounced expired"
)
STANCES = _words("for against mixed neutral")
PROJECT_STATUSES = _words("proposed promoted agreed under_construction operating cancelled")
LEVELS = _words("stated implied")
MEMBERSHIP_STATUSES = _words("member candidate suspended left")

CAMEO_CODES = _words(
    "01 010 011 012 013 014 015 016 017 018 019 02 020 021 0211 0212 0213 0214 022 023 0231 0232 0233 "
    "0234 024 0241 0242 0243 0244 025 0251 0252 0253 0254 0255 0256 026 027 028 03 030 031 0311 0312 0313 "
    "0314 032 033 0331 0332 0333 0334 034 0341 0342 0343 0344 035 0351 0352 0353 0354 0355 0356 0357 036 "
    "037 038 039 04 040 041 042 043 044 045 046 05 050 051 052 053 054 055 056 057 06 060 061 062 063 064 "
    "07 070 071 072 073 074 075 08 080 081 0811 0812 0813 0814 082 083 0831 0832 0833 0834 084 0841 0842 "
    "085 086 0861 0862 0863 087 0871 0872 0873 0874 09 090 091 092 093 094 10 100 101 1011 1012 1013 1014 "
    "102 103 1031 1032 1033 1034 104 1041 1042 1043 1044 105 1051 1052 1053 1054 1055 1056 106 107 108 11 "
    "110 111 112 1121 1122 1123 1124 1125 113 114 115 116 12 120 121 1211 1212 1213 1214 122 1221 1222 "
    "1223 1224 123 1231 1232 1233 1234 124 1241 1242 1243 1244 1245 1246 125 126 127 128 129 13 130 131 "
    "1311 1312 1313 132 1321 1322 1323 1324 133 134 135 136 137 138 1381 1382 1383 1384 1385 139 14 140 "
    "141 1411 1412 1413 1414 142 1421 1422 1423 1424 143 1431 1432 1433 1434 144 1441 1442 1443 1444 145 "
    "1451 1452 1453 1454 15 150 151 152 153 154 16 160 161 162 1621 1622 1623 163 164 1641 1642 1643 165 "
    "166 1661 1662 1663 17 170 171 1711 1712 172 1721 1722 1723 1724 173 174 175 18 180 181 182 1821 1822 "
    "1823 183 1831 1832 1833 184 185 186 19 190 191 192 193 194 195 196 20 200 201 202 203 204 2041 2042"
)

COUNTRIES = _words(
    "ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR BHR "
    "BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG COK COL "
    "COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH FIN FJI FLK "
    "FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY HKG HMD HND HRV "
    "HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM KIR KNA KOR KWT LAO "
    "LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL MKD MLI MLT MMR MNE MNG "
    "MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR NPL NRU NZL OMN PAK PAN PCN "
    "PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU SDN SEN SGP SGS SHN SJM SLB SLE "
    "SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA TCD TGO THA TJK TKL TKM TLS TON TTO "
    "TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB VIR VNM VUT WLF WSM YEM ZAF ZMB ZWE KOS "
    "IGO NGO IMG MNC"
)
