api(1)

-- Kế hoạch nhỏ để thử các chỉ tiêu: mỗi loại phép đo, mỗi loại mức, mỗi loại kỳ một chỉ tiêu.

org "t" { title = "Công an tỉnh thử",
  units = {
    A = { title = "Phòng A", area = "urban" },
    B = { title = "Phòng B", area = "rural" },
    C = { title = "Phòng C" },                                                -- không ghi area
    D = { title = "Xã D, lập từ tháng 7", from_day = "2026-07-01", area = "sea" },
    E = { title = "Xã E, hết từ tháng 7", until_day = "2026-06-30", area = "rural" },
    F = { title = "Xã F, tên cũ là X", was = "t/X", area = "urban" },
  },
  groups = { three = { "A", "B", "C" } },
}

plan "t-2026" { org = "t", issued = "2026-01-05", period = "2026", title = "Thử chỉ tiêu" }

metric "online" { title = "Hồ sơ trực tuyến", counted_in = "hồ sơ" }
metric "eligible" { title = "Hồ sơ đủ điều kiện", counted_in = "hồ sơ" }
metric "other" { title = "Hồ sơ khác", counted_in = "hồ sơ" }
metric "late" { title = "Hồ sơ chậm", counted_in = "hồ sơ" }
metric "minutes" { title = "Tổng phút chờ", counted_in = "phút", decimals = 4 }
metric "visits" { title = "Lượt giao dịch", counted_in = "lượt" }
metric "longest" { title = "Phút chờ lâu nhất", counted_in = "phút", over_time = "last" }
metric "officers" { title = "Cán bộ", counted_in = "người", over_time = "last" }
metric "desks" { title = "Bộ phận", counted_in = "bộ phận", over_time = "last" }
metric "modern" { title = "Bộ phận hiện đại", counted_in = "bộ phận", over_time = "last" }
metric "days" { title = "Ngày giải quyết quy định", counted_in = "ngày", over_time = "last", decimals = 1 }

report "1" { title = "Báo cáo tháng", lead = "@three", due = every("month", { before_day = 25 }) }
report "2" { title = "Báo cáo khi có việc", lead = "A", due = within(5, "days", "incident") }
event "incident" { title = "Có việc", by_unit = true, repeats = true }

-- tỷ lệ
kpi "r#all" { title = "Trực tuyến 100 %", lead = "@all", each = "month", measure = ratio("online", "eligible"), target = at_least(100, "%") }
kpi "r#most" { title = "Trực tuyến 80 %", lead = "@all", each = "month", measure = ratio("online", "eligible"), target = at_least(80, "%") }
kpi "r#year" { title = "Trực tuyến 80 % cả năm", lead = "@all", measure = ratio("online", "eligible"), target = at_least(80, "%") }
kpi "r#quarter" { title = "Trực tuyến 80 % mỗi quý", lead = "@all", each = "quarter", measure = ratio("online", "eligible"), target = at_least(80, "%") }
kpi "r#across" { title = "Trực tuyến 80 % toàn tỉnh", across = "@three", each = "month", measure = ratio("online", "eligible"), target = at_least(80, "%") }
kpi "r#everybody" { title = "Trực tuyến 80 % mọi đơn vị", across = "@all", each = "month", measure = ratio("online", "eligible"), target = at_least(80, "%") }
kpi "r#across-year" { title = "Trực tuyến 80 % toàn tỉnh cả năm", across = "@three", measure = ratio("online", "eligible"), target = at_least(80, "%") }
kpi "r#few" { title = "Chậm không quá 5 %", lead = "@all", each = "month", measure = ratio("late", "eligible"), target = at_most(5, "%") }
kpi "r#never" { title = "Chậm 0 %", lead = "@all", each = "month", measure = ratio("late", "eligible"), target = at_most(0, "%") }
kpi "r#exact" { title = "Đúng 50 %", lead = "@all", each = "month", measure = ratio("online", "eligible"), target = exactly(50, "%") }
kpi "r#fine" { title = "Ít nhất 33,3333 %", lead = "@all", each = "month", measure = ratio("online", "eligible"), target = at_least(33.3333, "%") }
kpi "r#two" { title = "Hai loại trên một mẫu", lead = "@all", each = "month", measure = ratio(sum("online", "other"), "eligible"), target = at_least(80, "%") }
kpi "r#stock" { title = "Bộ phận hiện đại", lead = "@all", measure = ratio("modern", "desks"), target = at_least(100, "%") }
kpi "r#none" { title = "Không có mức", lead = "@all", each = "month", measure = ratio("online", "eligible"), target = no_target "kế hoạch không in mức" }

-- số đếm
kpi "c#zero" { title = "Không chậm", lead = "@all", each = "month", measure = count("late"), target = at_most(0, "hồ sơ") }
kpi "c#some" { title = "Ít nhất 44", lead = "@all", measure = count("online"), target = at_least(44, "hồ sơ") }
kpi "c#sum" { title = "Cộng hai số", lead = "@all", each = "month", measure = sum("online", "other"), target = exactly(10, "hồ sơ") }
kpi "c#stock" { title = "Không tồn", lead = "@all", measure = count("desks"), target = at_most(0, "bộ phận") }
kpi "c#across" { title = "Ít nhất 10 bộ phận toàn tỉnh", across = "@three", measure = count("desks"), target = at_least(10, "bộ phận") }

-- trung bình, lớn nhất
kpi "a#wait" { title = "Chờ trung bình", lead = "@all", each = "month", measure = average("minutes", "visits"), target = at_most(30, "phút") }
kpi "a#officer" { title = "Hồ sơ một cán bộ", lead = "@all", measure = average("online", "officers"),
  target = at_least(by_attribute("area", { rural = 1200, urban = 1600 }), "hồ sơ"),
  waive = { below = "online", why = "cả năm ít hồ sơ hơn chỉ tiêu" } }
kpi "a#default" { title = "Hồ sơ một cán bộ, có mức chung", lead = "@all", measure = average("online", "officers"),
  target = at_least(by_attribute("area", { rural = 1200, default = 1600 }), "hồ sơ") }
kpi "a#across" { title = "Mức theo thuộc tính, tính chung", across = "@three", measure = count("online"),
  target = at_least(by_attribute("area", { rural = 1, default = 2 }), "hồ sơ") }
kpi "l#longest" { title = "Chờ lâu nhất", lead = "@all", each = "quarter", measure = largest("longest"), target = at_most(30, "phút") }
kpi "l#across" { title = "Chờ lâu nhất toàn tỉnh", across = "@three", each = "quarter", measure = largest("longest"), target = at_most(30, "phút") }

-- so với kỳ trước
kpi "v#cut" { title = "Cắt giảm ngày", lead = "@all", measure = reduction("days", { from = "2025" }), target = at_least(20, "%") }
kpi "v#fewer" { title = "Giảm hồ sơ chậm", lead = "@all", measure = reduction("late", { from = "2025" }), target = at_least(20, "%") }
kpi "v#more" { title = "Tăng hồ sơ", lead = "@all", measure = change("online", { from = "2025" }), target = at_least(10, "%") }
kpi "v#less" { title = "Giảm hồ sơ chậm toàn tỉnh", across = "@three", measure = reduction("late", { from = "2025" }), target = at_least(20, "%") }
kpi "v#across" { title = "Tăng hồ sơ toàn tỉnh", across = "@three", measure = change("online", { from = "2025" }), target = at_least(10, "%") }

-- số đơn vị
kpi "u#two" { title = "Ít nhất hai đơn vị", across = "@three", measure = units_with("desks"), target = at_least(2, "đơn vị") }
kpi "u#share" { title = "Ít nhất 60 % đơn vị", across = "@three", measure = units_with("desks"), target = at_least(60, "%") }
kpi "u#four" { title = "Bốn trong ba đơn vị", across = "@three", measure = units_with("desks"), target = at_least(4, "đơn vị") }
kpi "u#none" { title = "Không đơn vị nào chậm", across = "@three", measure = units_with("late"), target = at_most(0, "đơn vị") }

-- báo cáo đúng hạn
kpi "o#reports" { title = "Báo cáo đúng hạn", lead = "@all", measure = on_time("1"), target = at_least(90, "%") }
kpi "o#quarter" { title = "Báo cáo đúng hạn mỗi quý", lead = "@three", each = "quarter", measure = on_time("1"), target = at_least(90, "%") }
kpi "o#across" { title = "Báo cáo đúng hạn chung", across = "@three", measure = on_time("1"), target = at_least(90, "%") }
kpi "o#incident" { title = "Báo cáo khi có việc", lead = "A", measure = on_time("2"), target = at_least(100, "%") }

-- kỳ lạ, ngày xét
kpi "w#window" { title = "Từ 15/9/2025 đến 14/9/2026", lead = "@all", over = "2025-09-15/2026-09-14",
  measure = ratio("online", "eligible"), target = at_least(80, "%") }
kpi "w#early" { title = "Xét ngay sau tháng 5", lead = "@all", due = month "2026-05",
  measure = ratio("online", "eligible"), target = at_least(80, "%") }
kpi "w#months" { title = "Từng tháng, xét sau tháng 5", lead = "@all", each = "month", due = on "2026-05-10",
  measure = ratio("online", "eligible"), target = at_least(80, "%") }
kpi "w#half" { title = "6 tháng đầu năm", lead = "@all", over = "2026-H1", due = quarter "2026-Q2",
  measure = ratio("online", "eligible"), target = at_least(80, "%") }

-- hàm riêng
kpi "f#rate" { title = "Tỷ lệ theo hàm", lead = "@all", each = "month", target = at_least(50, "%"),
  measure = function(f) return 100 * f("online") / f("eligible") end }
kpi "f#area" { title = "Hàm có thuộc tính", lead = "@all", each = "month", target = at_least(10, "điểm"),
  measure = function(f) if f.area == "rural" then return 2 * f("online") end return f("online") end }
kpi "f#vast" { title = "Hàm cho số quá lớn", lead = "@all", each = "month", target = at_least(1, "điểm"),
  measure = function(f) return 1e12 * f("online") end }
kpi "f#minus" { title = "Hàm cho số 0 âm", lead = "@all", each = "month", target = at_most(1, "điểm"),
  measure = function(f) return -0.0 * f("online") end }
kpi "f#nil" { title = "Hàm không cho gì", lead = "@all", each = "month", target = at_least(1, "điểm"),
  measure = function(f) end }
kpi "f#endless" { title = "Hàm không dừng", lead = "@all", each = "month", target = at_least(1, "điểm"),
  measure = function(f) while true do end end }
kpi "f#greedy" { title = "Hàm hỏi mãi", across = "@three", each = "month", target = at_least(1, "điểm"),
  measure = function(f) while true do f("online") end end }
kpi "f#text" { title = "Hàm cho chữ", lead = "@all", each = "month", target = at_least(1, "điểm"),
  measure = function(f) return f.unit .. " " .. f.period end }
kpi "f#typo" { title = "Hàm gọi sai tên", lead = "@all", each = "month", target = at_least(1, "điểm"),
  measure = function(f) return f("onlin") end }
kpi "f#word" { title = "Hàm khai báo", lead = "@all", each = "month", target = at_least(1, "điểm"),
  measure = function(f) task "9" { title = "x" } return 1 end }
kpi "f#set" { title = "Hàm đặt tên chung", lead = "@all", each = "month", target = at_least(1, "điểm"),
  measure = function(f) x = 1 return x end }
kpi "f#maybe" { title = "Hàm tự lo khi thiếu", lead = "@all", each = "month", target = at_least(1, "điểm"),
  measure = function(f) local known, value = pcall(f, "other") return f("online") + (known and value or 0) end }
kpi "f#across" { title = "Hàm tính chung", across = "@three", each = "month", target = at_least(10, "hồ sơ"),
  measure = function(f) return f("online") end }
kpi "f#name" { title = "Hàm chung hỏi đơn vị", across = "@three", each = "month", target = at_least(10, "hồ sơ"),
  measure = function(f) return f.unit end }

-- Phép thử: mọi điều mong đợi ở đây đều đúng; test_kpi.c sửa từng điều cho sai và đòi phải bị bắt.
test "đúng" { at = "2026-12-02", unit = "t/A",
  given = { figure("online", "2026-11", 1249), figure("eligible", "2026-11", 1250), figure("online", "2026-10", 1), figure("minutes", "2026-11", 40),
            figure("visits", "2026-11", 3), figure("days", "2025", 250), figure("days", "2026", 240), figure("days", "2026", 200),
            finished("1", "2026-11", "2026-11-24") },
  expect = {
    { kpi = "r#all", period = "2026-11", state = "missed", value = 99.92 },
    { kpi = "r#across", period = "2026-11", state = "no_data", value = 99.92 },
    { kpi = "a#wait", period = "2026-11", state = "met" },
    { kpi = "v#cut", period = "2026", state = "on_track", value = 20 },
    { kpi = "c#some", period = "2026", state = "on_track", value = 1250 },
    { kpi = "u#two", state = "no_data" },
    { kpi = "o#reports", state = "out_of_reach" },
    { kpi = "f#rate", period = "2026-11", state = "met", value = 99.92 },
    { kpi = "r#all", unit = "t/B", period = "2026-11", state = "no_data" },
    { kpi = "r#all", unit = "t/E", absent = true },
  } }
