api(1)
plan "mot" { org = "thu", title = "Kế hoạch một", issued = "2026-01-07", period = "2026" }
event "received" { title = "Nhận được kế hoạch", by_unit = true }
metric "a" { title = "Hồ sơ trực tuyến", counted_in = "hồ sơ" }
metric "b" { title = "Hồ sơ đã nhận", counted_in = "hồ sơ" }
report "1" { title = "Báo cáo quý", text = "trước ngày 15 của tháng cuối quý", lead = "@all", due = every("quarter", { before_day = 15 }) }
task "2" { title = "Một lần", lead = "PV01", due = by "2026-12-10",
  kpi "online" { title = "Trực tuyến", lead = "@all", measure = ratio("a", "b"), target = at_least(80, "%") } }
task "3" { title = "Khi nhận được", lead = "PC06", due = within(5, "days", "received") }
