api(1)
-- Công an tỉnh Sóc Trăng: Kế hoạch kiểm soát TTHC, một cửa, TTHC trên môi trường điện tử năm 2024.
--
-- 40 dòng: 29 dòng bảng (I 5, II 3, III 4, IV 2, V 5, VI 3, VII 7) và 11 nhiệm vụ ở phần chữ III
-- (III.1 2, III.2 2, III.3 4, III.4 3). Không mất dòng nào. 5 chỉ tiêu.
-- @desk là PA08, PC06, PC07, PC08 và Công an 11 huyện, thị xã, thành phố; @desk_department là bốn phòng đó.
-- Mã có gạch chéo sau số La Mã là dòng bảng (III/1); mã có chấm là phần chữ "III. Tổ chức thực hiện" (III.1/plan).
--
-- Chỗ nghi ngờ của bản gốc:
--   * Không in số và ngày ban hành. Kế hoạch dẫn Quyết định ngày 06/02/2024, nên lấy ngày sớm nhất có thể là 06/02/2024:
--     muộn hơn thì có thể mất kỳ báo cáo Quý I (14/3/2024).
--   * III/3: "ít nhất 100%"; VII/2: Quyết định 468 in năm 2022 trong khi kế hoạch thực hiện in năm 2021.
--   * "Các đơn vị có liên quan" không nêu tên (I/4, II/3, III/1, IV/2): phối hợp ghi mọi phòng (@department), lời in giữ ở
--     with_text. Kế hoạch 2025 đọc như vậy.
include "units/soctrang"

plan "soctrang-2024" {
  org = "soctrang", issued = "2024-02-06", period = "2024",
  title = "Kiểm soát TTHC, một cửa và TTHC điện tử năm 2024, Công an tỉnh Sóc Trăng",
  note = "Bản quét không có số và ngày ban hành; lấy ngày sớm nhất có thể, là ngày Quyết định 763/QĐ-BCA-V03 được dẫn.",
}

-- Sự kiện ---------------------------------------------------------------------------------------------------------------

event "plan-received" { title = "Nhận được Kế hoạch kiểm soát TTHC năm 2024", by_unit = true }

event "decision-received" {
  title = "Nhận được Quyết định công bố TTHC của Bộ trưởng hoặc của Giám đốc Công an tỉnh", by_unit = true, repeats = true,
}

event "bca-request" { title = "Bộ Công an yêu cầu rà soát danh mục dịch vụ công trực tuyến", repeats = true }

event "late-result" { title = "Có hồ sơ giải quyết hoặc trả kết quả chậm, muộn", by_unit = true, repeats = true }

-- Bốn lộ trình của văn bản khác: mỗi mốc ghi một lần và là một việc riêng, mốc sau không đè mốc trước; chưa ghi mốc nào thì
-- nhiệm vụ hiện là đang chờ.
event "internal-procedures" { title = "Mốc thời gian của Quyết định 12/QĐ-BCA-V03 về TTHC nội bộ", repeats = true }

event "onestop-project" { title = "Mốc thời gian của Kế hoạch 205/KH-CAT (Đề án đổi mới một cửa)", repeats = true }

event "project-06" { title = "Mốc thời gian của Đề án 06", repeats = true }

event "resolution-131" {
  title = "Mốc thời gian của Nghị quyết 131/NQ-CP, Kế hoạch 07/KH-CAT", by_unit = true, repeats = true,
}

event "report-requested" { title = "Có yêu cầu báo cáo đột xuất", by_unit = true, repeats = true }

event "superior-report" { title = "Kỳ báo cáo do Bộ Công an hoặc UBND tỉnh ấn định", repeats = true }

event "difficulty" { title = "Phát sinh khó khăn, vướng mắc khi thực hiện Kế hoạch", by_unit = true, repeats = true }

-- Số liệu riêng của kế hoạch này ----------------------------------------------------------------------------------------

metric "business_rules.total" {
  title = "Quy định liên quan đến hoạt động kinh doanh đang quản lý", counted_in = "quy định", over_time = "last",
}

metric "business_rules.cut" {
  title = "Quy định kinh doanh được đề xuất cắt giảm, đơn giản hóa", counted_in = "quy định", over_time = "last",
  never_above = "business_rules.total",
}

metric "internal_procedures.total" {
  title = "Tổng số TTHC nội bộ của Công an tỉnh", counted_in = "thủ tục", over_time = "last",
}

metric "internal_procedures.published" {
  title = "TTHC nội bộ đã được Giám đốc công bố và niêm yết trên Cổng thông tin", counted_in = "thủ tục", over_time = "last",
  never_above = "internal_procedures.total",
}

metric "internal_procedures.proposed" {
  title = "TTHC nội bộ đã được kiến nghị đơn giản hóa", counted_in = "thủ tục", over_time = "last",
  never_above = "internal_procedures.total",
}

metric "internal_procedures.enacted" {
  title = "TTHC nội bộ đã có Quyết định thực thi của Bộ trưởng", counted_in = "thủ tục", over_time = "last",
}

metric "internal_procedures.enacted_public" {
  title = "TTHC nội bộ đã có Quyết định thực thi và đã được công khai", counted_in = "thủ tục", over_time = "last",
  never_above = "internal_procedures.enacted",
}

-- Bảng, mục I ------------------------------------------------------------------------------------------------------------
section "I" "Công tác chỉ đạo, điều hành kiểm soát thủ tục hành chính"

task "I/1" {
  title = "Ban hành kế hoạch kiểm soát TTHC cả năm của Công an tỉnh",
  lead = "PV01", with = "@all", text = "Tháng 02/2024", due = month "2024-02",
  product = "Kế hoạch kiểm soát TTHC năm 2024",
}

task "I/2" {
  title = "Ban hành kế hoạch kiểm tra CCHC và kiểm soát TTHC",
  lead = "PV01", with = "@all", text = "Quý II/2024", due = quarter "2024-Q2",
  product = "Kế hoạch kiểm tra năm 2024",
}

task "I/3" {
  title = "Ban hành kế hoạch truyền thông về CCHC và kiểm soát TTHC",
  lead = "PV01", with = "@all", text = "Tháng 02/2024", due = month "2024-02",
  product = "Kế hoạch truyền thông năm 2024",
}

task "I/4" {
  title = "Soạn báo cáo, văn bản về kiểm soát TTHC, một cửa theo chỉ đạo cấp trên",
  lead = "PV01", with = "@department", with_text = "Các đơn vị có liên quan", text = "Thường xuyên", due = ongoing,
  product = "Báo cáo, văn bản theo chỉ đạo của Bộ Công an và UBND tỉnh",
}

task "I/5" {
  title = "Rà soát, đề xuất sửa văn bản hướng dẫn về kiểm soát TTHC",
  lead = "PV01", with = "@all", text = "Thường xuyên", due = ongoing,
  product = "Văn bản đề xuất sửa đổi, bổ sung",
}

-- Bảng, mục II -----------------------------------------------------------------------------------------------------------
section "II" "Công bố, cập nhật, công khai thủ tục hành chính"

task "II/1" {
  title = "Rà soát, chuẩn hóa toàn bộ TTHC để xác định mã giấy tờ, kết nối, chia sẻ",
  lead = "PV01", with = { "PA08", "PC06", "PC07", "PC08", "PX01", "PX05" }, text = "Thực hiện thường xuyên", due = ongoing,
  product = "TTHC của Công an tỉnh được chuẩn hóa, cập nhật",
}

task "II/2" {
  title = "Soạn quyết định công bố TTHC mới, sửa đổi, thay thế hoặc bãi bỏ",
  lead = "PV01", with = { "PA08", "PC06", "PC07", "PC08", "PX01", "PX05" }, text = "Thực hiện thường xuyên", due = ongoing,
  product = "Quyết định công bố danh mục TTHC của Giám đốc",
}

task "II/3" {
  title = "Niêm yết, công khai TTHC vừa được công bố tại nơi tiếp nhận và trên Cổng",
  lead = { "PV01", "@desk" }, with = "@department", with_text = "Công an các đơn vị có liên quan",
  lead_text = "PV01 và Công an các đơn vị, địa phương có chức năng giải quyết TTHC",
  text = "Ngay sau khi nhận được Quyết định công bố của Bộ trưởng Bộ Công an và của Giám đốc Công an tỉnh",
  due = at_once "decision-received",
  product = "TTHC được niêm yết tại Bộ phận tiếp nhận, trả kết quả và trên Cổng thông tin",
  note = "Mỗi quyết định, của Bộ trưởng hay Giám đốc, mở một lần niêm yết, không đợi đủ hai.",
}

-- Bảng, mục III ----------------------------------------------------------------------------------------------------------
section "III" "Rà soát, đánh giá TTHC; rà soát, đơn giản hóa TTHC nội bộ"

task "III/1" {
  title = "Rà soát TTHC, quy định kinh doanh và đề xuất phương án đơn giản hóa",
  lead = { "PC06", "PC07", "PA05", "PA06", "PV01" }, with = "@department", with_text = "Công an các đơn vị có liên quan",
  text = "Tháng 5/2024", due = month "2024-05",
  product = "Báo cáo, đề xuất phương án cắt giảm, đơn giản hóa (nếu có)",
  see = "Nghị quyết số 02/NQ-CP ngày 05/01/2024",
  kpi "cut" {
    title = "Quy định kinh doanh được đề xuất cắt giảm, đơn giản hóa",
    over = "2024-01-01/2024-05-31", due = month "2024-05",
    measure = ratio("business_rules.cut", "business_rules.total"), target = at_least(10, "%"),
    text = "tỷ lệ tối thiểu 10% quy định liên quan đến hoạt động kinh doanh",
    note = "Kế hoạch ghi \"(nếu có)\"; tính cho từng đơn vị chủ trì vì dòng bảng không nêu tỷ lệ chung.",
  },
}

task "III/2" {
  title = "Rà soát, đề xuất cắt giảm danh mục hàng hóa phải kiểm tra chuyên ngành",
  lead = "PV01", with = "@all", text = "Năm 2024", due = year "2024",
  product = "Báo cáo, đề xuất phương án (nếu có)",
}

task "III/3" {
  title = "Rà soát, kiến nghị đơn giản hóa TTHC nội bộ",
  lead = "PV01", with = "@all",
  text = "Theo tiến độ Quyết định số 12/QĐ-BCA-V03 ngày 03/01/2024 của Bộ trưởng Bộ Công an",
  due = schedule "internal-procedures",
  product = "TTHC nội bộ được công bố, kiến nghị đơn giản hóa, thực thi và công khai",
  see = "Quyết định số 12/QĐ-BCA-V03 ngày 03/01/2024",
  note = "Kết quả (3), thực hiện văn bản thực thi của Bộ trưởng, không có con số nên không thành chỉ tiêu.",
  kpi "published" {
    title = "TTHC nội bộ được công bố và niêm yết trên Cổng thông tin Công an tỉnh",
    measure = ratio("internal_procedures.published", "internal_procedures.total"), target = at_least(100, "%"),
    text = "100% TTHC nội bộ được Giám đốc Công an tỉnh công bố và niêm yết công khai",
  },
  kpi "proposed" {
    title = "TTHC nội bộ được kiến nghị đơn giản hóa",
    measure = ratio("internal_procedures.proposed", "internal_procedures.total"), target = at_least(100, "%"),
    text = "ít nhất 100% tổng số TTHC nội bộ",
    note = "\"Ít nhất 100%\" in đúng như vậy; có thể là lỗi in của một tỷ lệ khác, giữ 100%.",
  },
  kpi "enacted-public" {
    title = "TTHC nội bộ được công khai sau Quyết định thực thi của Bộ trưởng",
    measure = ratio("internal_procedures.enacted_public", "internal_procedures.enacted"), target = at_least(100, "%"),
    text = "100% TTHC nội bộ sau khi được Bộ trưởng Bộ Công an ban hành Quyết định thực thi được công khai",
    note = "Ô kết quả (4) bị ngắt qua trang, đọc nối hai nửa.",
  },
}

task "III/4" {
  title = "Đề xuất giải pháp, sáng kiến cải tiến cách làm TTHC",
  lead = "@all", lead_text = "Công an các đơn vị, địa phương", with = "PV01", text = "Thường xuyên", due = ongoing,
  product = "Báo cáo giải pháp, sáng kiến",
}

-- Bảng, mục IV -----------------------------------------------------------------------------------------------------------
section "IV" "Tiếp nhận và xử lý phản ánh, kiến nghị của cá nhân, tổ chức về quy định hành chính"

task "IV/1" {
  title = "Tiếp nhận, xử lý phản ánh, kiến nghị theo Thông tư 57/2023/TT-BCA",
  lead = "PV01", with = "@all", text = "Thường xuyên", due = ongoing,
  product = "Phản ánh, kiến nghị được xử lý đúng quy định",
  see = "Thông tư số 57/2023/TT-BCA ngày 31/10/2023",
}

task "IV/2" {
  title = "Công khai địa chỉ, số điện thoại, thư điện tử nhận phản ánh, kiến nghị",
  lead = { "PV01", "@desk" }, with = "@department", with_text = "Công an các đơn vị có liên quan",
  lead_text = "PV01 và Công an các đơn vị, địa phương có chức năng giải quyết TTHC",
  text = "Thường xuyên", due = ongoing,
  product = "Đầu mối tiếp nhận được công khai trên Cổng và tại trụ sở",
}

-- Bảng, mục V ------------------------------------------------------------------------------------------------------------
section "V" "Triển khai thực hiện thủ tục hành chính trên môi trường điện tử"

task "V/1" {
  title = "Rà soát, đề xuất điều chỉnh danh mục TTHC làm dịch vụ công trực tuyến",
  lead = "PV01", with = "@desk_department", text = "Theo yêu cầu của Bộ Công an",
  due = request "bca-request",
  product = "Báo cáo rà soát, đề xuất",
  note = "\"03 năm gần nhất\" là điều kiện chọn thủ tục, không phải chỉ tiêu.",
}

task "V/2" {
  title = "Cung cấp dịch vụ công toàn trình, một phần trên Cổng dịch vụ công của Bộ",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08 và Công an các địa phương", with = "PV01",
  text = "Thường xuyên", due = ongoing,
  product = "Dịch vụ công toàn trình, một phần được cung cấp",
}

task "V/3" {
  title = "Kết nối, đưa vào dùng thanh toán trực tuyến phí, lệ phí TTHC",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08 và Công an các địa phương", with = { "PV01", "PH10" },
  text = "Năm 2024", due = year "2024",
  product = "Thanh toán trực tuyến phí, lệ phí trên Cổng dịch vụ công của Bộ",
}

task "V/4" {
  title = "Cập nhật, đồng bộ hồ sơ và kết quả TTHC lên các Cổng dịch vụ công",
  lead = "@desk_department", with = { "PV01", "PH10", "@district" },
  text = "Thường xuyên", due = ongoing,
  product = "Hồ sơ, kết quả được đồng bộ lên Cổng quốc gia và Cổng của Bộ",
  see = "Quyết định số 766/QĐ-TTg ngày 23/6/2022",
}

task "V/5" {
  title = "Số hóa kết quả giải quyết TTHC phát sinh và kết quả cũ còn hiệu lực",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08, Công an địa phương", with = "PV01",
  text = "Thường xuyên", due = ongoing,
  product = "Kết quả TTHC được số hóa trên Kho dữ liệu điện tử của Bộ",
  see = { "Nghị định số 45/2020/NĐ-CP", "Nghị định số 107/2021/NĐ-CP" },
  note = "Nội dung ghi số hóa \"toàn bộ\" kết quả \"hàng ngày\"; ô thời gian ghi thường xuyên và không in tỷ lệ.",
}

-- Bảng, mục VI -----------------------------------------------------------------------------------------------------------
section "VI" "Kiểm soát việc thực hiện TTHC theo cơ chế một cửa, một cửa liên thông"

task "VI/1" {
  title = "Tiếp nhận, giải quyết hồ sơ đúng quy trình một cửa",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08, Công an địa phương", with = "PV01",
  text = "Thường xuyên", due = ongoing,
  product = "Hồ sơ được tiếp nhận, giải quyết đúng quy trình",
  see = { "Nghị định số 61/2018/NĐ-CP", "Nghị định số 107/2021/NĐ-CP" },
  kpi "process" {
    title = "Hồ sơ được tiếp nhận, giải quyết đúng quy trình một cửa", each = "quarter",
    measure = ratio("dossiers.by_process", "dossiers.received"), target = at_least(100, "%"),
    text = "100% TTHC được tiếp nhận, giải quyết hồ sơ đúng quy trình",
    note = "Kế hoạch in \"100% TTHC\"; đếm theo hồ sơ vì đơn vị báo được số hồ sơ.",
  },
}

task "VI/2" {
  title = "Công khai tiến độ, kết quả giải quyết hồ sơ trên Cổng thông tin",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08, Công an địa phương", with = "PV01",
  text = "Thường xuyên", due = ongoing,
  product = "Tiến độ, kết quả được công khai",
}

task "VI/3" {
  title = "Xin lỗi và hẹn lại khi trả kết quả trễ hẹn",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08, Công an địa phương", with = "PV01",
  text = "Khi xảy ra giải quyết, trả kết quả chậm muộn", due = at_once "late-result",
  product = "Phiếu xin lỗi, hẹn trả; kết quả trao tận tay người dân",
  note = "Không nêu số ngày; đọc theo nghĩa sớm nhất: ngày làm việc đầu tiên sau khi chậm.",
}

-- Bảng, mục VII ----------------------------------------------------------------------------------------------------------
section "VII" "Các nhiệm vụ khác"

task "VII/1" {
  title = "Nhận hồ sơ, trả kết quả TTHC qua bưu chính công ích",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08, Công an địa phương", with = "PV01",
  text = "Thường xuyên", due = ongoing,
  product = "Kết quả TTHC được trả qua bưu chính công ích",
  see = "Quyết định số 45/2016/QĐ-TTg ngày 19/10/2016",
}

task "VII/2" {
  title = "Đẩy nhanh Đề án đổi mới cơ chế một cửa, một cửa liên thông",
  lead = "PV01", with = "@desk",
  text = "Theo tiến độ Kế hoạch thực hiện Đề án", due = schedule "onestop-project",
  product = "Sản phẩm từng nhiệm vụ theo Kế hoạch 205/KH-CAT",
  see = { "Quyết định số 468/QĐ-TTg", "Kế hoạch số 205/KH-CAT ngày 27/7/2021" },
  note = "Quyết định 468 in ngày 27/3/2022 nhưng kế hoạch thực hiện đã có từ 27/7/2021: năm 2022 có lẽ in nhầm của 2021.",
}

task "VII/3" {
  title = "Đẩy nhanh các nhiệm vụ của Đề án 06",
  lead = "PC06", with = "@all", text = "Theo tiến độ Đề án 06/CP", due = schedule "project-06",
  product = "Sản phẩm từng nhiệm vụ của Đề án 06",
  note = "Cột phối hợp in \"PV01, Công an các đơn vị, địa phương\"; PV01 đã nằm trong nhóm.",
}

task "VII/4" {
  title = "Triển khai Nghị quyết 131/NQ-CP về cải cách TTHC",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08, Công an địa phương", with = "PV01",
  text = "Theo tiến độ Nghị quyết 131/NQ-CP", due = schedule "resolution-131",
  product = "Sản phẩm từng nhiệm vụ theo Kế hoạch 07/KH-CAT",
  see = { "Nghị quyết số 131/NQ-CP ngày 06/10/2022", "Kế hoạch số 07/KH-CAT ngày 18/01/2023" },
}

task "VII/5" {
  title = "Kiểm tra định kỳ, đột xuất việc kiểm soát TTHC ở các đơn vị, địa phương",
  lead = "PV01", with = "@all", text = "Thường xuyên", due = ongoing,
  product = "Kết quả kiểm tra theo tiến độ kế hoạch kiểm tra",
  see = "I/2",
}

task "VII/6" {
  title = "Tự kiểm tra việc kiểm soát TTHC trong phạm vi quản lý",
  lead = "@all", lead_text = "Công an các đơn vị, địa phương", with = "PV01", text = "Thường xuyên", due = ongoing,
  product = "Báo cáo kết quả tự kiểm tra",
}

task "VII/7" {
  title = "Tuyên truyền về cải cách TTHC, dịch vụ công, Đề án 06, chuyển đổi số",
  lead = "@all", lead_text = "Công an các đơn vị, địa phương", with = "PX03", text = "Thường xuyên", due = ongoing,
  product = "Tin, bài, phóng sự, pano, tờ rơi; tuyên truyền ở cơ sở và mạng xã hội",
}

-- Phần chữ III.1 ---------------------------------------------------------------------------------------------------------
section "III.1" "Thủ trưởng Công an các đơn vị, địa phương"

report "III.1/plan" {
  title = "Lập kế hoạch của đơn vị và gửi Phòng Tham mưu",
  lead = "@desk", lead_text = "PA08, PC06, PC07, PC08 và Công an các huyện, thị xã, thành phố",
  to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  text = "trong thời hạn 07 ngày kể từ ngày nhận được Kế hoạch", due = within(7, "days", "plan-received"),
  product = "Kế hoạch của đơn vị",
  note = "Câu gốc gắn 07 ngày với việc lập kế hoạch; đọc là lập và gửi đều trong hạn đó.",
}

task "III.1/disseminate" {
  title = "Phổ biến Kế hoạch đến toàn thể cán bộ, chiến sĩ",
  lead = "@all", except = "@desk", lead_text = "các đơn vị còn lại",
  due = undated "Kế hoạch không nêu thời hạn phổ biến",
}

-- Phần chữ III.2 ---------------------------------------------------------------------------------------------------------
section "III.2" "Kinh phí thực hiện"

task "III.2/province-funds" {
  title = "Bảo đảm kinh phí kiểm soát TTHC năm 2024 của Công an tỉnh",
  lead = "PH10", due = undated "Kế hoạch không nêu thời hạn; \"năm 2024\" chỉ năm của kinh phí",
}

task "III.2/unit-funds" {
  title = "Bố trí kinh phí kiểm soát TTHC tại đơn vị, địa phương",
  lead = "@all", lead_text = "Thủ trưởng Công an các đơn vị, địa phương",
  due = undated "Kế hoạch không nêu thời hạn",
}

-- Phần chữ III.3 ---------------------------------------------------------------------------------------------------------
section "III.3" "Chế độ thông tin báo cáo"

report "III.3/quarter" {
  title = "Báo cáo quý về kiểm soát TTHC, một cửa, TTHC điện tử",
  lead = { "@leads", "@district" },
  lead_text = "Các đơn vị được giao chủ trì thực hiện các nhiệm vụ trong Kế hoạch và Công an các huyện, thị xã, thành phố",
  to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  text = "Báo cáo Quý I, II, III (trước ngày 15 của tháng cuối quý)",
  due = every("quarter", { before_day = 15, only = { 1, 2, 3 } }),
  product = "Báo cáo Quý I, II, III",
}

report "III.3/year" {
  title = "Báo cáo năm về kiểm soát TTHC, một cửa, TTHC điện tử",
  lead = { "@leads", "@district" },
  lead_text = "Các đơn vị được giao chủ trì thực hiện các nhiệm vụ trong Kế hoạch và Công an các huyện, thị xã, thành phố",
  to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  text = "năm (trước ngày 15/12)", due = every("year", { before = "15/12" }),
  product = "Báo cáo năm",
}

report "III.3/ad-hoc" {
  title = "Báo cáo đột xuất về kiểm soát TTHC, một cửa, TTHC điện tử",
  lead = { "@leads", "@district" },
  lead_text = "Các đơn vị được giao chủ trì thực hiện các nhiệm vụ trong Kế hoạch và Công an các huyện, thị xã, thành phố",
  to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  text = "báo cáo đột xuất", due = request "report-requested",
  product = "Báo cáo đột xuất",
}

report "III.3/summary" {
  title = "Tổng hợp báo cáo của các đơn vị gửi Bộ Công an và UBND tỉnh",
  lead = "PV01", to = { "BCA", "UBND" },
  text = "theo quy định", due = schedule "superior-report",
  product = "Báo cáo tổng hợp của Công an tỉnh",
  note = "Kế hoạch chỉ ghi \"theo quy định\"; ngày do Bộ Công an, UBND tỉnh ấn định, ghi vào khi biết.",
}

-- Phần chữ III.4 ---------------------------------------------------------------------------------------------------------
section "III.4" "Giao PV01; khó khăn, vướng mắc"

task "III.4/guide" {
  title = "Hướng dẫn, đôn đốc các đơn vị, địa phương thực hiện Kế hoạch",
  lead = "PV01", due = undated "Kế hoạch không nêu thời hạn",
}

task "III.4/inspect" {
  title = "Tăng cường kiểm tra, tham mưu xử lý khó khăn, vướng mắc",
  lead = "PV01", text = "kịp thời", due = undated "Kế hoạch không nêu thời hạn",
  see = "VII/5",
}

report "III.4/difficulty" {
  title = "Gửi Phòng Tham mưu khó khăn, vướng mắc phát sinh",
  lead = "@all", lead_text = "Công an các đơn vị, địa phương", to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  text = "nếu có khó khăn, vướng mắc phát sinh … kịp thời", due = at_once "difficulty",
  note = "\"Kịp thời\" không có số ngày; đọc theo nghĩa sớm nhất: ngày làm việc đầu tiên sau khi phát sinh.",
}

-- Kiểm thử ---------------------------------------------------------------------------------------------------------------

test "tháng 2 năm nhuận hết ngày 29" { at = "2024-02-20", unit = "soctrang/PV01",
  expect = { { ref = "I/1", period = "2024", due = "2024-02-29", act_by = "2024-02-29", state = "open" },
             { ref = "I/3", period = "2024", due = "2024-02-29", state = "open" } } }

test "hết Quý II là Chủ nhật" { at = "2024-06-10", unit = "soctrang/PV01",
  expect = { { ref = "I/2", period = "2024", due = "2024-06-30", act_by = "2024-06-28", state = "open" } } }

test "rà soát quy định kinh doanh quá hạn từ 1/6" { at = "2024-06-01", unit = "soctrang/PA05",
  expect = { { ref = "III/1", period = "2024", due = "2024-05-31", act_by = "2024-05-31", state = "overdue" } } }

test "nhiệm vụ cả năm hết 31/12" { at = "2024-12-02", unit = "soctrang/H-TRANDE",
  expect = { { ref = "V/3", period = "2024", due = "2024-12-31", act_by = "2024-12-31", state = "open" },
             { ref = "V/2", period = "2024", due = false, state = "standing" } } }

test "kế hoạch của đơn vị: 07 ngày hết đúng Giỗ Tổ, chuyển sang hôm sau" { at = "2024-04-12", unit = "soctrang/PC06",
  given = { occurred("plan-received", "2024-04-11") },
  expect = { { ref = "III.1/plan", period = "2024", due = "2024-04-19", act_by = "2024-04-19", state = "open" } } }

test "chưa ghi ngày nhận Kế hoạch thì hạn còn chờ" { at = "2024-02-20", unit = "soctrang/H-KESACH",
  expect = { { ref = "III.1/plan", period = "2024", due = false, state = "waiting" } } }

test "niêm yết ngay sau quyết định, qua kỳ nghỉ 30/4 có hoán đổi" { at = "2024-04-26", unit = "soctrang/PC08",
  given = { occurred("decision-received", "2024-04-26") },
  expect = { { ref = "II/3", period = "2024-04-26", due = "2024-05-02", act_by = "2024-05-02", state = "open" } } }

test "trả kết quả trễ thứ Năm thì xin lỗi trong thứ Sáu" { at = "2024-03-07", unit = "soctrang/H-MYTU",
  given = { occurred("late-result", "2024-03-07") },
  expect = { { ref = "VI/3", period = "2024-03-07", due = "2024-03-08", act_by = "2024-03-08", state = "open" } } }

test "yêu cầu của Bộ Công an mang theo ngày hạn" { at = "2024-05-07", unit = "soctrang/PV01",
  given = { occurred("bca-request", "2024-05-06", { due = "2024-05-20" }) },
  expect = { { ref = "V/1", period = "2024-05-06", due = "2024-05-20", act_by = "2024-05-20", state = "open" } } }

test "Đề án 06 chưa ghi mốc thì đang chờ" { at = "2024-05-07", unit = "soctrang/PC06",
  expect = { { ref = "VII/3", period = "2024", due = false, state = "waiting" } } }

test "mốc của Đề án 06 do lần ghi đặt, hạn thứ Bảy thì xong trước hết thứ Sáu" { at = "2024-05-07", unit = "soctrang/PC06",
  given = { occurred("project-06", "2024-05-06", { due = "2024-06-29" }) },
  expect = { { ref = "VII/3", period = "2024-05-06", due = "2024-06-29", act_by = "2024-06-28", state = "open" } } }

test "mốc thứ hai của Đề án 06 không đè mốc đã xong" { at = "2024-09-02", unit = "soctrang/PC06",
  given = { occurred("project-06", "2024-05-06", { due = "2024-06-29" }), finished("VII/3", "2024-05-06", "2024-06-28"),
            occurred("project-06", "2024-07-01", { due = "2024-09-20" }) },
  expect = { { ref = "VII/3", period = "2024-05-06", due = "2024-06-29", state = "done" },
             { ref = "VII/3", period = "2024-07-01", due = "2024-09-20", state = "open" } } }

test "báo cáo quý: 14/3, 14/6, 14/9, không có Quý IV" { at = "2024-03-01", unit = "soctrang/PC07",
  expect = { { ref = "III.3/quarter", period = "2024-Q1", due = "2024-03-14", act_by = "2024-03-14", state = "open" },
             { ref = "III.3/quarter", period = "2024-Q2", due = "2024-06-14", act_by = "2024-06-14" },
             { ref = "III.3/quarter", period = "2024-Q3", due = "2024-09-14", act_by = "2024-09-13" },
             { ref = "III.3/quarter", period = "2024-Q4", absent = true } } }

test "báo cáo năm hạn thứ Bảy 14/12" { at = "2024-12-02", unit = "soctrang/H-SOCTRANG",
  expect = { { ref = "III.3/year", period = "2024", due = "2024-12-14", act_by = "2024-12-13", state = "open" } } }

test "việc cả năm của PV01 và báo cáo do cấp trên ấn định" { at = "2024-03-01", unit = "soctrang/PV01",
  given = { occurred("superior-report", "2024-03-01", { due = "2024-03-24" }) },
  expect = { { ref = "III/2", period = "2024", due = "2024-12-31", act_by = "2024-12-31", state = "open" },
             { ref = "III.3/summary", period = "2024-03-01", due = "2024-03-24", act_by = "2024-03-22", state = "open" } } }

test "báo cáo đột xuất và vướng mắc: mỗi lần một việc" { at = "2024-03-08", unit = "soctrang/H-NGANAM",
  given = { occurred("report-requested", "2024-03-05", { due = "2024-03-12" }), occurred("difficulty", "2024-03-08") },
  expect = { { ref = "III.3/ad-hoc", period = "2024-03-05", due = "2024-03-12", act_by = "2024-03-12", state = "open" },
             { ref = "III.4/difficulty", period = "2024-03-08", due = "2024-03-11", act_by = "2024-03-11", state = "open" } } }

test "PV01 nhận báo cáo nên không nợ chính mình" { at = "2024-03-01", unit = "soctrang/PV01",
  expect = { { ref = "III.3/quarter", period = "2024-Q1", absent = true },
             { ref = "III.3/year", period = "2024", absent = true } } }

test "đơn vị còn lại: PX01 phổ biến, không phải lập kế hoạch" { at = "2024-03-01", unit = "soctrang/PX01",
  given = { occurred("plan-received", "2024-02-20") },
  expect = { { ref = "III.1/disseminate", period = "2024", due = false }, { ref = "III.1/plan", absent = true } } }

test "cắt giảm quy định kinh doanh vừa đúng 10%" { at = "2024-06-03", unit = "soctrang/PC07",
  given = { figure("business_rules.total", "2024-05", 40), figure("business_rules.cut", "2024-05", 4) },
  expect = { { kpi = "III/1#cut", period = "2024-01-01/2024-05-31", value = 10, state = "met" } } }

test "cắt giảm quy định kinh doanh: đến hết tháng 5 chưa đủ 10%, số của tháng 12 không cứu được" { at = "2025-01-10",
  unit = "soctrang/PC06",
  given = { figure("business_rules.total", "2024-05", 40), figure("business_rules.cut", "2024-05", 3),
            figure("business_rules.total", "2024-12", 40), figure("business_rules.cut", "2024-12", 8) },
  expect = { { kpi = "III/1#cut", period = "2024-01-01/2024-05-31", value = 7.5, state = "missed" } } }

test "TTHC nội bộ: số cuối kỳ không cộng dồn" { at = "2025-01-10", unit = "soctrang/PV01",
  given = { figure("internal_procedures.total", "2024-06", 50), figure("internal_procedures.total", "2024-12", 50),
            figure("internal_procedures.published", "2024-06", 20), figure("internal_procedures.published", "2024-12", 50),
            figure("internal_procedures.proposed", "2024-12", 49),
            figure("internal_procedures.enacted", "2024-12", 0), figure("internal_procedures.enacted_public", "2024-12", 0) },
  expect = { { kpi = "III/3#published", period = "2024", value = 100, state = "met" },
             { kpi = "III/3#proposed", period = "2024", value = 98, state = "missed" },
             { kpi = "III/3#enacted-public", period = "2024", state = "exempt" } } }

test "một hồ sơ sai quy trình là không đạt 100%" { at = "2025-01-10", unit = "soctrang/PC06",
  given = { figure("dossiers.received", "2024-Q4", 8000), figure("dossiers.by_process", "2024-Q4", 7999) },
  expect = { { kpi = "VI/1#process", period = "2024-Q4", value = 99.9875, state = "missed" } } }
