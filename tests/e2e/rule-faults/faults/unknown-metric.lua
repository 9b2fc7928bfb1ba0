api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

kpi "1#online" { title = "Sai số liệu", lead = "@desk", each = "month",
  measure = ratio("dossiers.onlin", "dossiers.received"), target = at_least(100, "%") }
