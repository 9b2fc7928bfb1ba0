api(1)
-- Công an tỉnh Sóc Trăng: Kế hoạch 107/KH-CAT ngày 13/3/2024, đo lường sự hài lòng và lấy ý kiến đánh giá năm 2024.
--
-- Không có bảng; 26 nhiệm vụ ở phần chữ: II.3.1 3, II.3.2.1 3, II.3.2.2 2, V.1 7, V.2 2, V.3 3, V.4 6. 2 chỉ tiêu không có mức.
-- Các phụ lục 01a, 01b, 02a, 02b, 03 và Mẫu 01, 02 không có trong bản quét.
--
-- Chỗ nghi ngờ của bản gốc:
--   * V.4/survey, V.4/report nhắc lại việc đo lường và báo cáo của II.3.2 ("đúng thời gian quy định"): ngày chỉ đặt ở II.3.2
--     để không có hai hạn cho một việc; also nối các dòng với nhau.
--   * Lấy ý kiến tính đến hết 14/9/2024 mà báo cáo phải xong trước 15/9, tức cũng 14/9 (thứ Bảy): không còn ngày làm việc nào
--     sau khi hết phạm vi thời gian.
--   * Kế hoạch không in mức phải đạt nào; hai chỉ tiêu dưới đây chỉ cho thấy số, không xét đạt hay không.
include "units/soctrang"

plan "soctrang-2024-hailong" {
  org = "soctrang", number = "107/KH-CAT", issued = "2024-03-13", period = "2024",
  title = "Đo lường sự hài lòng, lấy ý kiến đánh giá năm 2024, Công an tỉnh Sóc Trăng",
}

-- Sự kiện ---------------------------------------------------------------------------------------------------------------

event "forms-received" { title = "PV01 nhận được phiếu đánh giá của Bộ Công an" }

event "difficulty" { title = "Phát sinh khó khăn, vướng mắc khi khảo sát", by_unit = true, repeats = true }

-- Số liệu và chỉ tiêu -----------------------------------------------------------------------------------------------------

metric "opinions.collected" { title = "Phiếu lấy ý kiến của cơ quan, đơn vị thu về", counted_in = "phiếu" }

metric "opinions.satisfied" {
  title = "Phiếu của cơ quan, đơn vị đánh giá hài lòng", counted_in = "phiếu", never_above = "opinions.collected",
}

section "II.2.1" "Nội dung, phạm vi: đo lường sự hài lòng của người dân, tổ chức"

kpi "II.2.1#satisfaction" {
  title = "Mức hài lòng của người dân, tổ chức", lead = "@desk",
  measure = ratio("ratings.satisfied", "ratings.total"), target = no_target "Kế hoạch không in mức phải đạt",
  over = "2024-H1", due = before "10/7/2024",
  note = "Số lấy từ Mẫu 01 (báo cáo trước 10/7/2024). Kế hoạch không nêu khoảng thời gian của số liệu; "
    .. "đo lường xong trước 01/7/2024 nên lấy 6 tháng đầu năm.",
}

section "II.2.2.2" "Phạm vi: lấy ý kiến đánh giá của cơ quan, tổ chức"

kpi "II.2.2.2#opinion" {
  title = "Mức hài lòng của cơ quan, đơn vị được lấy ý kiến", lead = "@district",
  measure = ratio("opinions.satisfied", "opinions.collected"), target = no_target "Kế hoạch không in mức phải đạt",
  over = "2023-09-15/2024-09-14", due = before "15/9/2024",
  text = "từ 15/9/2023 đến 14/9/2024",
  note = "Số lấy từ Mẫu 02, do Công an cấp huyện tổng hợp.",
}

-- II.3 Thời gian thực hiện -------------------------------------------------------------------------------------------------
section "II.3.1" "Thời gian thực hiện: PV01"

task "II.3.1/forms" {
  title = "Phát hành phiếu đo lường và phiếu lấy ý kiến đến các đơn vị, địa phương",
  lead = "PV01", text = "Trong thời hạn 03 ngày kể từ ngày nhận được phiếu đánh giá của Bộ Công an",
  due = within(3, "days", "forms-received"),
  product = "Hai loại phiếu gửi Công an các đơn vị, địa phương",
}

task "II.3.1/recheck-survey" {
  title = "Kiểm lại số đo hài lòng của người dân (hậu kiểm, phúc tra)",
  lead = "PV01", text = "trước ngày 15/8/2024", due = before "15/8/2024",
  product = "Kết quả hậu kiểm, phúc tra", see = "Phụ lục 03",
}

task "II.3.1/recheck-opinion" {
  title = "Kiểm lại ý kiến của cơ quan, đơn vị (hậu kiểm, phúc tra)",
  lead = "PV01", text = "trước ngày 30/9/2024", due = before "30/9/2024",
  product = "Kết quả hậu kiểm, phúc tra", see = "Phụ lục 03",
}

section "II.3.2.1" "Thời gian thực hiện: Công an các huyện, thị xã, thành phố"

task "II.3.2.1/survey" {
  title = "Đo lường xong sự hài lòng của người dân, tổ chức (cấp huyện)",
  lead = "@district", text = "Trước ngày 01/7/2024", due = before "01/7/2024",
  see = { "Phụ lục 01a", "Phụ lục 02a" },
}

report "II.3.2.1/survey-report" {
  title = "Báo cáo kết quả đo lường sự hài lòng (cấp huyện)",
  lead = "@district", to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  text = "Trước ngày 10/7/2024", due = before "10/7/2024",
  product = "Báo cáo kèm số liệu tổng hợp", form = "Mẫu 01",
  note = "Gửi kèm phiếu khảo sát; báo cáo trễ hoặc sai mẫu thì không được tính điểm (V.4).",
}

report "II.3.2.1/opinion-report" {
  title = "Báo cáo kết quả lấy ý kiến của cơ quan, đơn vị (cấp huyện)",
  lead = "@district", to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  text = "Trước ngày 15/9/2024", due = before "15/9/2024",
  product = "Báo cáo kèm số liệu tổng hợp", form = "Mẫu 02",
  see = { "Phụ lục 01b", "Phụ lục 02b" },
  note = "Hạn 14/9 trùng ngày cuối của phạm vi lấy ý kiến (đến 14/9/2024).",
}

section "II.3.2.2" "Thời gian thực hiện: PA08, PC06, PC07, PC08"

task "II.3.2.2/survey" {
  title = "Đo lường xong sự hài lòng của người dân, tổ chức (cấp phòng)",
  lead = "@desk_department", text = "Trước ngày 01/7/2024", due = before "01/7/2024",
  see = { "Phụ lục 01a", "Phụ lục 02a" },
}

report "II.3.2.2/survey-report" {
  title = "Báo cáo kết quả đo lường sự hài lòng (cấp phòng)",
  lead = "@desk_department", to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  text = "Trước ngày 10/7/2024", due = before "10/7/2024",
  product = "Báo cáo kèm số liệu tổng hợp", form = "Mẫu 01",
  note = "Gửi kèm phiếu khảo sát; báo cáo trễ hoặc sai mẫu thì không được tính điểm (V.4).",
}

-- V.1 PV01 -----------------------------------------------------------------------------------------------------------------
section "V.1" "Tổ chức thực hiện: PV01"

task "V.1/lead" {
  title = "Tham mưu tổ chức thực hiện các nhiệm vụ được giao tại Kế hoạch",
  lead = "PV01", due = undated "Kế hoạch không nêu thời hạn",
}

task "V.1/guide" {
  title = "Hướng dẫn, đôn đốc các đơn vị, địa phương",
  lead = "PV01", due = undated "Kế hoạch không nêu thời hạn",
}

task "V.1/remedies" {
  title = "Tổng hợp kết quả, đề xuất biện pháp khắc phục hạn chế",
  lead = "PV01", due = undated "Kế hoạch không nêu thời hạn",
  product = "Kết quả tổng hợp, đề xuất giải pháp",
}

task "V.1/analysis" {
  title = "Tính toán, phân tích kết quả phục vụ Chỉ số CCHC năm 2024",
  lead = "PV01", due = undated "Kế hoạch không nêu thời hạn; \"năm 2024\" chỉ năm của Chỉ số",
}

task "V.1/publish" {
  title = "Tham mưu công bố kết quả đo lường và lấy ý kiến năm 2024",
  lead = "PV01", text = "kịp thời", due = undated "Chỉ ghi \"kịp thời\", không nêu ngày công bố",
  product = "Kết quả được công bố",
}

task "V.1/publicity" {
  title = "Cùng PX03 tuyên truyền việc thực hiện Kế hoạch",
  lead = "PV01", with = "PX03", due = undated "Kế hoạch không nêu thời hạn",
}

task "V.1/method" {
  title = "Nghiên cứu, đề xuất hoàn thiện cách đánh giá mức độ hài lòng",
  lead = "PV01", text = "Tiếp tục", due = undated "Kế hoạch không nêu thời hạn",
}

-- V.2 PH10 -----------------------------------------------------------------------------------------------------------------
section "V.2" "Tổ chức thực hiện: PH10"

task "V.2/funds" {
  title = "Bảo đảm kinh phí thực hiện Kế hoạch",
  lead = "PH10", with = "PV01", due = undated "Kế hoạch không nêu thời hạn; \"năm 2024\" chỉ nguồn kinh phí",
}

task "V.2/estimates" {
  title = "Hướng dẫn lập dự toán, chi tiêu, thanh quyết toán",
  lead = "PH10", due = undated "Kế hoạch không nêu thời hạn",
}

-- V.3 PX03 -----------------------------------------------------------------------------------------------------------------
section "V.3" "Tổ chức thực hiện: PX03"

task "V.3/press" {
  title = "Chỉ đạo cơ quan báo chí Công an tỉnh đẩy mạnh tuyên truyền",
  lead = "PX03", due = undated "Kế hoạch không nêu thời hạn",
}

task "V.3/announce" {
  title = "Thông tin rộng rãi hình thức, thời điểm thực hiện Kế hoạch",
  lead = "PX03", due = undated "Kế hoạch không nêu thời hạn",
}

task "V.3/inform" {
  title = "Thông tin mục đích, nội dung, kết quả và giải pháp khắc phục",
  lead = "PX03", text = "kịp thời", due = undated "Chỉ ghi \"kịp thời\", không nêu thời hạn",
}

-- V.4 Đơn vị trực tiếp giải quyết TTHC ---------------------------------------------------------------------------------------
section "V.4" "Tổ chức thực hiện: PA08, PC06, PC07, PC08 và Công an các huyện, thị xã, thành phố"

task "V.4/plan" {
  title = "Lập kế hoạch thực hiện, phân công đơn vị làm đầu mối",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08 và Công an các huyện, thị xã, thành phố",
  due = undated "Kế hoạch không nêu thời hạn",
  product = "Kế hoạch của đơn vị, địa phương",
}

task "V.4/survey" {
  title = "Trực tiếp khảo sát sự hài lòng theo các tiêu chí",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08 và Công an các huyện, thị xã, thành phố",
  due = undated "Không nêu ngày ở đây; hạn nằm ở II.3.2.1/survey và II.3.2.2/survey",
  also = { "II.3.2.1/survey", "II.3.2.2/survey" },
}

task "V.4/allocate" {
  title = "Phân bổ phiếu theo tỷ lệ cho Công an cấp xã",
  lead = "@district", lead_text = "Công an cấp huyện",
  due = undated "Kế hoạch không nêu thời hạn",
  note = "\"Tỷ lệ quy định\" nằm ở phụ lục, không có trong bản quét.",
}

task "V.4/hand-out" {
  title = "Bố trí cán bộ phát phiếu cho người đến làm thủ tục",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08 và Công an các huyện, thị xã, thành phố",
  due = undated "Kế hoạch không nêu thời hạn",
}

report "V.4/report" {
  title = "Báo cáo kết quả theo mẫu, gửi kèm phiếu khảo sát",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08 và Công an các huyện, thị xã, thành phố",
  to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  text = "đúng thời gian quy định",
  due = undated "Không nêu ngày ở đây; hạn nằm ở II.3.2.1/survey-report và II.3.2.2/survey-report",
  product = "Báo cáo theo mẫu, phiếu khảo sát gửi kèm",
  also = { "II.3.2.1/survey-report", "II.3.2.2/survey-report" },
  see = "II.3.2.1/opinion-report",
  note = "Sai mẫu, sai nội dung, trễ hạn hoặc kém chất lượng thì không được tính điểm phần khảo sát trong Chỉ số CCHC.",
}

report "V.4/difficulty" {
  title = "Báo cáo khó khăn, vướng mắc khi khảo sát",
  lead = "@all", lead_text = "Công an các đơn vị, địa phương", to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  text = "có khó khăn, vướng mắc … kịp thời báo cáo", due = at_once "difficulty",
  note = "\"Kịp thời\" không có số ngày; đọc theo nghĩa sớm nhất: ngày làm việc đầu tiên sau khi phát sinh.",
}

-- Kiểm thử ---------------------------------------------------------------------------------------------------------------

test "phiếu của Bộ đến thứ Năm: ngày thứ ba là Chủ nhật, chuyển sang thứ Hai" { at = "2024-03-22", unit = "soctrang/PV01",
  given = { occurred("forms-received", "2024-03-21") },
  expect = { { ref = "II.3.1/forms", period = "2024", due = "2024-03-25", act_by = "2024-03-25", state = "open" } } }

test "chưa nhận phiếu của Bộ thì chưa có hạn phát hành" { at = "2024-03-22", unit = "soctrang/PV01",
  expect = { { ref = "II.3.1/forms", period = "2024", due = false, state = "waiting" } } }

test "hậu kiểm: trước 15/8 và trước 30/9 (29/9 là Chủ nhật)" { at = "2024-08-15", unit = "soctrang/PV01",
  expect = { { ref = "II.3.1/recheck-survey", period = "2024", due = "2024-08-14", act_by = "2024-08-14", state = "overdue" },
             { ref = "II.3.1/recheck-opinion", period = "2024", due = "2024-09-29", act_by = "2024-09-27", state = "open" } } }

test "cấp huyện: 30/6, 9/7 và 14/9" { at = "2024-06-24", unit = "soctrang/H-LONGPHU",
  expect = { { ref = "II.3.2.1/survey", period = "2024", due = "2024-06-30", act_by = "2024-06-28", state = "open" },
             { ref = "II.3.2.1/survey-report", period = "2024", due = "2024-07-09", act_by = "2024-07-09", state = "open" },
             { ref = "II.3.2.1/opinion-report", period = "2024", due = "2024-09-14", act_by = "2024-09-13", state = "open" },
             { ref = "II.3.2.2/survey", absent = true } } }

test "cấp phòng: 30/6 và 9/7, không báo cáo lấy ý kiến" { at = "2024-07-10", unit = "soctrang/PA08",
  given = { finished("II.3.2.2/survey", "2024", "2024-06-28") },
  expect = { { ref = "II.3.2.2/survey", period = "2024", due = "2024-06-30", act_by = "2024-06-28", state = "done" },
             { ref = "II.3.2.2/survey-report", period = "2024", due = "2024-07-09", act_by = "2024-07-09", state = "overdue" },
             { ref = "II.3.2.1/survey", absent = true },
             { ref = "II.3.2.1/opinion-report", absent = true } } }

test "V.4 nhắc lại báo cáo nhưng không đặt hạn thứ hai" { at = "2024-06-24", unit = "soctrang/PC08",
  expect = { { ref = "V.4/report", period = "2024", due = false }, { ref = "V.4/survey", period = "2024", due = false } } }

test "phân bổ phiếu chỉ là việc của cấp huyện" { at = "2024-06-24", unit = "soctrang/PC06",
  expect = { { ref = "V.4/hand-out", period = "2024", due = false }, { ref = "V.4/allocate", absent = true } } }

test "khó khăn phát sinh thứ Sáu thì báo cáo trong thứ Hai" { at = "2024-05-10", unit = "soctrang/H-VINHCHAU",
  given = { occurred("difficulty", "2024-05-10") },
  expect = { { ref = "V.4/difficulty", period = "2024-05-10", due = "2024-05-13", act_by = "2024-05-13", state = "open" } } }

test "mức hài lòng của người dân chỉ cho thấy số" { at = "2024-07-12", unit = "soctrang/PC06",
  given = { figure("ratings.total", "2024-06", 200), figure("ratings.satisfied", "2024-06", 190) },
  expect = { { kpi = "II.2.1#satisfaction", period = "2024-H1", value = 95, state = "no_target" } } }

test "lấy ý kiến tính trên khoảng 15/9/2023-14/9/2024" { at = "2024-09-20", unit = "soctrang/H-TRANDE",
  given = { figure("opinions.collected", "2023-09-15/2024-09-14", 40),
            figure("opinions.satisfied", "2023-09-15/2024-09-14", 38) },
  expect = { { kpi = "II.2.2.2#opinion", value = 95 } } }
