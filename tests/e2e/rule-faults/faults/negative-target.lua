api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

kpi "1#x" { title = "Âm", lead = "@desk", measure = count("dossiers.online"), target = at_least(-5, "hồ sơ") }
