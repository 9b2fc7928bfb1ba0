api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

task "1" { title = "Sai đơn vị", lead = "PC60", due = before "20/01/2026" }
