api(1)
include "units/p"

-- Kế hoạch nhiều năm: lộ trình và các bước.

plan "p-2021" { org = "p", issued = "2021-08-05", period = "2021-2025", title = "Thử lộ trình" }

kpi "p#each" { title = "Lộ trình từng năm", lead = "A", each = "year", measure = ratio("online", "eligible"),
  target = at_least(path("2021", { 20, 40, 60, 80, 100 }), "%") }
kpi "p#once" { title = "Lộ trình cả giai đoạn", lead = "A", measure = ratio("online", "eligible"),
  target = at_least(path("2021", { 20, 40, 60, 80, 100 }), "%") }
kpi "p#steps" { title = "Hai bước", lead = "A", each = "year", measure = ratio("online", "eligible"),
  target = at_least(steps { ["2022"] = 30, ["2024"] = 80 }, "%") }
kpi "p#half" { title = "Bước giữa năm", lead = "A", each = "year", measure = ratio("online", "eligible"),
  target = at_least(steps { ["2021"] = 10, ["2023-H2"] = 50 }, "%") }
