api(1)

plan "thu-2026" { org = "thu", title = "Kế hoạch thử", issued = "2026-01-07", period = "2026" }

event "plan-received" { title = "Nhận được kế hoạch", by_unit = true }

section "1" "Chung"
task "1.1" { title = "Có ngày", text = "Trước ngày 20/01/2026", lead = "PV01", due = before "20/01/2026",
  kpi "online" { title = "Nộp trực tuyến", measure = ratio("dossiers.online", "dossiers.received"), target = at_least(80, "%") } }
report "1.2" { title = "Hằng tháng", text = "trước ngày 25 hằng tháng", lead = "@all", to = "PV01", due = every("month", { before_day = 25 }) }
task "1.3" { title = "Theo sự kiện", text = "trong thời hạn 10 ngày, kể từ ngày nhận được Kế hoạch", lead = "PC06",
  due = within(10, "days", "plan-received") }
task "1.4" { title = "Thường xuyên", text = "Thường xuyên", lead = "PC06", due = ongoing }
task "1.5" { title = "Không rõ ai", lead = unknown "mất ở chỗ ngắt trang", due = undated "mất ở chỗ ngắt trang" }
lost "1.6" "mất ở chỗ ngắt trang"
section "2" "Lời và quy tắc không khớp"
task "2.1" { title = "Quy tắc nói ngày khác", text = "Trước ngày 20/02/2026", lead = "PV01", due = before "20/03/2026" }
task "2.2" { title = "Hạn trước khi ban hành", text = "Trước ngày 05/01/2026", lead = "PV01", due = before "05/01/2026" }

test "trước ngày 20/01" { at = "2026-01-12", unit = "thu/PV01", expect = { { ref = "1.1", due = "2026-01-19", state = "open" } } }
