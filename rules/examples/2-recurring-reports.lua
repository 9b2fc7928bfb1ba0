api(1)

-- Báo cáo định kỳ: hằng tháng, quý, sáu tháng, năm; nhóm đơn vị; nhắc việc; hai việc trong một dòng.
-- Cách chạy thử: xem đầu tệp 1-first-plan.lua.

org "tinh-b" {
  title = "Công an tỉnh B",
  units = {
    PV01 = { title = "Phòng Tham mưu" },
    PC06 = { title = "Phòng Cảnh sát quản lý hành chính về trật tự xã hội" },
    PC08 = { title = "Phòng Cảnh sát giao thông" },
    X001 = { title = "Công an xã Một" },
    X002 = { title = "Công an xã Hai" },
  },
  groups = {                                      -- "@commune" từ đây chỉ cả hai Công an xã
    commune = { "X001", "X002" },
    desk = { "PC06", "PC08", "@commune" },        -- nhóm có thể chứa nhóm
  },
}

plan "tinh-b-2026" {
  org = "tinh-b", number = "02/KH-CAT-PV01", issued = "05/01/2026", period = "2026",
  title = "Chế độ báo cáo cải cách hành chính năm 2026, Công an tỉnh B",
}

-- "@all" là mọi đơn vị; nơi nhận (to) không gửi báo cáo cho chính mình, nên PV01 không có việc này.
-- "Trước ngày 25" là chậm nhất ngày 24. Mỗi tháng một kỳ, tên kỳ là tháng: 2026-01, 2026-02, …
-- remind: nhắc trước 3 và 1 ngày làm việc; không viết thì nhắc trước 7, 3, 1 ngày.

report "1" { title = "Báo cáo tháng", text = "Trước ngày 25 hằng tháng",
  lead = "@all", to = "PV01", via = "Đội 6", due = every("month", { before_day = 25 }),
  remind = { workdays(3), workdays(1) } }

-- Ngày của tháng cuối quý. only: chỉ những quý này; ở đây quý IV đã có báo cáo năm.

report "2" { title = "Báo cáo quý", text = "Trước ngày 15 của tháng cuối quý",
  lead = "@desk", to = "PV01", due = every("quarter", { before_day = 15, only = { 1, 2, 3 } }) }

-- Kế hoạch in các ngày không theo một phép chung: viết ra từng kỳ.

report "3" { title = "Báo cáo 6 tháng và báo cáo năm", text = "6 tháng: trước ngày 15/6; năm: trước ngày 15/12",
  lead = "@commune", to = "PC06",
  due = every { ["2026-H1"] = before "15/06/2026", ["2026"] = before "15/12/2026" } }

-- Chỉ ghi "Hằng quý", không có ngày: lấy ngày cuối quý, và sự kiện trong lịch ghi rõ đó là ngày giả định.

task "4" { title = "Tự kiểm tra việc niêm yết thủ tục", text = "Hằng quý",
  lead = "@desk", except = "PC08", due = every("quarter", { day = "unstated" }) }

-- Một dòng, hai việc có ngày khác nhau: việc thứ hai là part. Chủ trì, phối hợp, nơi nhận không viết thì theo dòng.

meeting "5" { title = "Giao ban cải cách hành chính", text = "Định kỳ (vào tuần cuối cùng của các tháng 3, 9)",
  lead = "PV01", with = "@all", due = last_week_of { "2026-03", "2026-09" },

  part "minutes" { kind = "report", title = "Gửi kết luận giao ban", text = "Tháng 4/2026",
    lead = "PV01", to = "@desk", due = month "2026-04" },
}

test "báo cáo tháng: hạn 24, là ngày nghỉ thì phải xong trước" { at = "2026-01-12", unit = "tinh-b/X001",
  expect = {
    { ref = "1", period = "2026-01", due = "2026-01-24", act_by = "2026-01-23", state = "open" },
    { ref = "1", period = "2026-12", due = "2026-12-24", act_by = "2026-12-24" },
    { ref = "1", period = "2026-01", unit = "tinh-b/PV01", absent = true } } }

test "báo cáo quý: ngày 14 của tháng cuối quý, không có quý IV" { at = "2026-01-12", unit = "tinh-b/PC08",
  expect = {
    { ref = "2", period = "2026-Q1", due = "2026-03-14", act_by = "2026-03-13" },
    { ref = "2", period = "2026-Q4", absent = true },
    { ref = "4", period = "2026-Q1", absent = true } } }

test "6 tháng, năm, hằng quý" { at = "2026-06-15", unit = "tinh-b/X002",
  expect = {
    { ref = "3", period = "2026-H1", due = "2026-06-14", act_by = "2026-06-12", state = "overdue" },
    { ref = "3", period = "2026", due = "2026-12-14" },
    { ref = "4", period = "2026-Q2", due = "2026-06-30" } } }

test "giao ban tuần cuối tháng, kết luận gửi trong tháng 4" { at = "2026-01-12", unit = "tinh-b/PV01",
  expect = {
    { ref = "5", period = "2026-03", due = "2026-03-31", state = "open" },
    { ref = "5", period = "2026-09", due = "2026-09-30" },
    { ref = "5", part = "minutes", due = "2026-04-30", act_by = "2026-04-29" } } }
