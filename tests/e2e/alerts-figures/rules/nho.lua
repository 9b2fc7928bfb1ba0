api(1)

org "t" { title = "Công an tỉnh thử",
  units = { A = { title = "Phòng A" }, B = { title = "Phòng B" }, C = { title = "Phòng C" } },
  groups = { two = { "A", "B" } } }

plan "nho" { org = "t", issued = "2026-09-01", period = "2026", title = "Kế hoạch nhỏ" }

metric "dossiers.online" { title = "Hồ sơ trực tuyến", counted_in = "hồ sơ" }
metric "dossiers.online_eligible" { title = "Hồ sơ đủ điều kiện", counted_in = "hồ sơ" }

report "1" { title = "Báo cáo tháng", lead = "@two", to = "C", due = every("month", { before_day = 25, from = "2026-09" }) }

task "2" { title = "Hồ sơ trực tuyến", lead = "@two", due = ongoing,
  kpi "online" { title = "Hồ sơ đủ điều kiện được xử lý trực tuyến", each = "month",
    measure = ratio("dossiers.online", "dossiers.online_eligible"), target = at_least(80, "%") } }
