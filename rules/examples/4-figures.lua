api(1)

-- Số liệu và chỉ tiêu: "hồ sơ trực tuyến đạt 80%", "thời gian chờ không quá 30 phút", "cắt giảm 20%".
-- Số liệu (metric) là con số mỗi đơn vị báo theo kỳ; chỉ tiêu (kpi) là phép tính trên số liệu và mức phải đạt.
-- Cách chạy thử: xem đầu tệp 1-first-plan.lua.

org "tinh-d" {
  title = "Công an tỉnh D",
  units = {
    PV01 = { title = "Phòng Tham mưu" },
    PC06 = { title = "Phòng Cảnh sát quản lý hành chính về trật tự xã hội" },
    X001 = { title = "Công an xã Một", area = "rural" },        -- thuộc tính để đặt mức riêng, xem dòng 4
    P001 = { title = "Công an phường Hai", area = "urban" },
  },
  groups = { desk = { "PC06", "X001", "P001" } },
}

plan "tinh-d-2026" {
  org = "tinh-d", number = "04/KH-CAT-PV01", issued = "05/01/2026", period = "2026",
  title = "Chỉ tiêu cải cách hành chính năm 2026, Công an tỉnh D",
}

-- Số liệu dùng chung của mọi kế hoạch nằm ở metrics.lua; khai báo ở đây vì tệp này đứng một mình.
-- over_time = "sum" (mặc định): số phát sinh, cộng qua các tháng. "last": số đang có ở cuối kỳ, không cộng.
-- never_above: không thể lớn hơn số kia. equals: phải bằng tổng này. Số liệu sai các ràng buộc ấy bị từ chối khi nạp.

metric "vd.received" { title = "Hồ sơ đủ điều kiện làm trực tuyến", counted_in = "hồ sơ" }
metric "vd.online" { title = "Hồ sơ làm trực tuyến", counted_in = "hồ sơ", never_above = "vd.received" }
metric "vd.resolved" { title = "Hồ sơ đã giải quyết", counted_in = "hồ sơ", equals = sum("vd.in_time", "vd.late") }
metric "vd.in_time" { title = "Hồ sơ giải quyết đúng hạn", counted_in = "hồ sơ" }
metric "vd.late" { title = "Hồ sơ giải quyết quá hạn", counted_in = "hồ sơ" }
metric "vd.digitized" { title = "Hồ sơ được số hóa", counted_in = "hồ sơ" }
metric "vd.visits" { title = "Lượt người đến giao dịch", counted_in = "lượt" }
metric "vd.minutes" { title = "Tổng thời gian chờ", counted_in = "phút", decimals = 1 }
metric "vd.staff" { title = "Cán bộ ở Bộ phận Một cửa", counted_in = "người", over_time = "last" }
metric "vd.days" { title = "Tổng thời hạn giải quyết theo quy định", counted_in = "ngày", over_time = "last" }

-- Tỷ lệ, xét từng tháng, mỗi đơn vị một kết quả. "Đạt 80%" không có chữ nào trước là ít nhất 80%. Tháng không có hồ sơ nào
-- (0 trên 0) thì không xét; chưa báo số liệu thì là "chưa có số liệu", không phải 0. Chỉ tiêu đứng trong dòng của nó.

task "1" { title = "Tiếp nhận hồ sơ trực tuyến", text = "Thường xuyên", lead = "@desk", due = ongoing,

  kpi "online" { title = "Hồ sơ làm trực tuyến", text = "đạt 80%", each = "month",
    measure = ratio("vd.online", "vd.received"), target = at_least(80, "%") },

  kpi "late" { title = "Hồ sơ quá hạn", text = "không có hồ sơ quá hạn", each = "month",
    measure = count("vd.late"), target = at_most(0, "hồ sơ") },
}

-- Trung bình: tổng số phút chia tổng số lượt.

task "2" { title = "Giảm thời gian chờ", text = "Thường xuyên", lead = "@desk", due = ongoing,

  kpi "wait" { title = "Thời gian chờ trung bình", text = "không quá 30 phút", each = "quarter",
    measure = average("vd.minutes", "vd.visits"), target = at_most(30, "phút") },
}

-- Cắt giảm là reduction và at_least, không viết số âm. over là kỳ lấy số liệu, due là ngày xét.

task "3" { title = "Cắt giảm thời gian giải quyết", text = "Quý II/2026", lead = "PC06", due = quarter "2026-Q2",

  kpi "cut" { title = "Thời gian giải quyết giảm so với năm 2025", text = "tối thiểu 20%", over = "2026", due = quarter "2026-Q2",
    measure = reduction("vd.days", { from = "2025" }), target = at_least(20, "%") },
}

-- Mức theo thuộc tính của đơn vị: xã 300, nơi khác 500. waive: đơn vị nhận ít hồ sơ hơn mức của mình thì miễn.

task "4" { title = "Số hóa hồ sơ", text = "Năm 2026", lead = { "X001", "P001" }, due = year "2026",

  kpi "digitized" { title = "Hồ sơ được số hóa trong năm", text = "xã 300 hồ sơ, phường 500 hồ sơ",
    measure = count("vd.digitized"), target = at_least(by_attribute("area", { rural = 300, default = 500 }), "hồ sơ"),
    waive = { below = "vd.received", why = "tiếp nhận ít hơn chỉ tiêu" } },
}

-- across: một kết quả chung cho mọi đơn vị. path: mỗi năm một mức, bắt đầu từ năm 2026.
-- Hàm chỉ dùng khi các phép sẵn có không đủ; f("tên số liệu") là con số của đơn vị trong kỳ.

task "5" { title = "Giải quyết đúng hạn, bố trí đủ cán bộ", text = "Thường xuyên", lead = "@desk", due = ongoing,

  kpi "in-time" { title = "Hồ sơ đúng hạn toàn tỉnh", across = "@desk",
    measure = ratio("vd.in_time", sum("vd.in_time", "vd.late")), target = at_least(path("2026", { 90, 95 }), "%") },

  kpi "load" { title = "Hồ sơ trên một cán bộ",
    measure = function(f) return f("vd.resolved") / f("vd.staff") end, target = at_most(300, "hồ sơ") },
}

-- Không cần số liệu: phần kỳ hạn làm xong đúng hạn.

report "6" { title = "Báo cáo quý", text = "Trước ngày 15 của tháng cuối quý", lead = "@desk", to = "PV01",
  due = every("quarter", { before_day = 15 }),

  kpi "punctual" { title = "Báo cáo quý gửi đúng hạn", text = "từ 75% trở lên",
    measure = on_time("6"), target = at_least(75, "%") },
}

test "80% là đạt, 79,9% là không; thiếu số liệu không phải là 0" { at = "2026-12-02", unit = "tinh-d/PC06",
  given = {
    figure("vd.online", "2026-09", 800), figure("vd.received", "2026-09", 1000),
    figure("vd.online", "2026-10", 799), figure("vd.received", "2026-10", 1000),
    figure("vd.online", "2026-11", 0), figure("vd.received", "2026-11", 0),
    figure("vd.late", "2026-10", 1) },
  expect = {
    { kpi = "1#online", period = "2026-09", state = "met", value = 80 },
    { kpi = "1#online", period = "2026-10", state = "missed", value = 79.9 },
    { kpi = "1#online", period = "2026-11", state = "exempt" },
    { kpi = "1#online", period = "2026-08", state = "no_data" },
    { kpi = "1#late", period = "2026-10", state = "missed", value = 1 } } }

test "chờ trung bình cả quý: 5200 phút, 200 lượt" { at = "2026-07-02", unit = "tinh-d/P001",
  given = {
    figure("vd.minutes", "2026-04", 3200), figure("vd.visits", "2026-04", 100),
    figure("vd.minutes", "2026-05", 1000), figure("vd.visits", "2026-05", 50),
    figure("vd.minutes", "2026-06", 1000), figure("vd.visits", "2026-06", 50) },
  expect = { { kpi = "2#wait", period = "2026-Q2", state = "met", value = 26 } } }

test "giảm từ 250 xuống 200 ngày là 20%" { at = "2026-07-02", unit = "tinh-d/PC06",
  given = { figure("vd.days", "2025", 250), figure("vd.days", "2026", 200) },
  expect = { { kpi = "3#cut", state = "met", value = 20 } } }

test "xã phải số hóa 300 hồ sơ" { at = "2027-01-05", unit = "tinh-d/X001",
  given = { figure("vd.digitized", "2026", 299), figure("vd.received", "2026", 900) },
  expect = { { kpi = "4#digitized", state = "missed", value = 299 } } }

test "xã chỉ nhận 250 hồ sơ thì miễn" { at = "2027-01-05", unit = "tinh-d/X001",
  given = { figure("vd.digitized", "2026", 240), figure("vd.received", "2026", 250) },
  expect = { { kpi = "4#digitized", state = "exempt" } } }

test "1240 hồ sơ, 4 cán bộ là 310, quá mức 300; đúng hạn 90% là đạt" { at = "2027-01-05", unit = "tinh-d/P001",
  given = {
    figure("vd.resolved", "2026", 1240), figure("vd.staff", "2026", 4),
    figure("vd.in_time", "2026", 1116), figure("vd.late", "2026", 124) },
  expect = { { kpi = "5#load", state = "missed", value = 310 } } }

test "báo cáo quý: 3 trên 4 kỳ đúng hạn là 75%" { at = "2027-01-05", unit = "tinh-d/X001",
  given = {
    finished("6", "2026-Q1", "2026-03-13"), finished("6", "2026-Q2", "2026-06-12"),
    finished("6", "2026-Q3", "2026-09-14"), finished("6", "2026-Q4", "2026-12-16") },
  expect = { { kpi = "6#punctual", state = "met", value = 75 } } }
