api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

task "1" { title = "Sai khóa", leed = "PV01", lead = "PV01", due = ongoing }
task "2" { title = "Sai đơn vị", lead = "PC60", due = ongoing }
task "3" { title = "Ngày không có", lead = "PV01", due = before "2026-02-31" }
task "4" { title = "Không nói hạn", lead = "PV01" }
