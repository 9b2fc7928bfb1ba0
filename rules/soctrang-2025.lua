api(1)
include "units/soctrang"

-- Công an tỉnh Sóc Trăng, Kế hoạch số 27/KH-CAT ngày 17/01/2025: cải cách và kiểm soát TTHC, một cửa, TTHC trên môi trường
-- điện tử, đo lường sự hài lòng năm 2025.
--
-- Dòng có việc: II.1 14, PL01 18, PL02 18, PL03 8 = 58; phần III 11 việc. Chỉ tiêu: 15. Không mất dòng nào.
-- Mã: II.1/<STT>, PL01/<STT>, PL02/<STT>, PL03/<STT>; phần III theo tên ngắn.
--
-- Chỗ nghi ngờ trong bản chụp:
--   * Phần đầu văn bản hỏng, số và ngày lấy từ PL01 và PL02 (27/KH-CAT ngày 17/01/2025); PL03 in "12/KH-CAT" cùng ngày.
--   * II.1/9.1 và PL03/5 đặt hai ngày (05/7 và 01/7) cho cùng một việc: giữ cả hai.
--   * PL03/1 đến PL03/3: ô chủ trì và thời gian in gộp, chỉ đọc được ở dòng 2.
--   * PL02 in lại tên của PL01 và nhảy mục III sang VI; PL02/10, PL02/11 in "CP07", đọc là PC07.
--   * Các phụ lục 03a, 03b, 03c và mẫu báo cáo không có trong bản chụp.
--   * "Có liên quan" không nêu tên đơn vị: "các đơn vị" ghi mọi phòng (@department), "các đơn vị, địa phương" ghi tất cả
--     (@all); lời in giữ ở with_text. Kế hoạch 2024 đọc như vậy.
-- Công an cấp huyện kết thúc từ 01/3/2025, việc vẫn để đúng đơn vị mà kế hoạch in.

plan "soctrang-2025" {
  org = "soctrang", number = "27/KH-CAT", issued = "2025-01-17", period = "2025",
  title = "Cải cách, kiểm soát TTHC và đo lường sự hài lòng 2025, Công an tỉnh Sóc Trăng",
  note = "Số và ngày theo PL01 và PL02; PL03 in số 12/KH-CAT cùng ngày 17/01/2025, coi là in nhầm",
}

-- Sự kiện ---------------------------------------------------------------------------------------------------------------

-- Kế hoạch, thời gian do văn bản khác đặt: ghi lại thì mới có ngày.
event "inspection-plans" { title = "Kế hoạch kiểm tra năm 2025 của Bộ Công an và UBND tỉnh" }
event "bca-internal-review-plan" { title = "Kế hoạch rà soát TTHC nội bộ năm 2025 của Bộ Công an" }
event "bca-report-q1" { title = "Bộ Công an ấn định ngày gửi báo cáo Quý I/2025" }
event "bca-report-h1" { title = "Bộ Công an ấn định ngày gửi báo cáo 06 tháng đầu năm 2025" }
event "bca-report-q3" { title = "Bộ Công an ấn định ngày gửi báo cáo Quý III/2025" }
event "bca-report-year" { title = "Bộ Công an ấn định ngày gửi báo cáo năm 2025" }

-- Lộ trình, tiến độ của văn bản khác: có thể nhiều mốc, mỗi mốc ghi một lần và là một việc riêng, mốc sau không đè mốc trước.
event "plan-489-roadmap" { title = "Mốc theo lộ trình Kế hoạch 489/KH-CAT ngày 05/12/2024", repeats = true }
event "resolution-175-roadmap" { title = "Mốc theo lộ trình Nghị quyết 175/NQ-CP về Trung tâm dữ liệu quốc gia", repeats = true }
event "internal-publish-schedule" { title = "Mốc theo tiến độ công bố TTHC nội bộ năm 2025", repeats = true }
event "internal-simplify-schedule" { title = "Mốc theo tiến độ đề xuất phương án đơn giản hóa TTHC nội bộ", repeats = true }
event "project-468-schedule" { title = "Mốc theo kế hoạch thực hiện Đề án 468", repeats = true }
event "resolution-131-schedule" { title = "Mốc theo Nghị quyết 131/NQ-CP", repeats = true }

-- Yêu cầu: mỗi lần yêu cầu là một việc mới.
event "topic-direction" { title = "Có chuyên đề đột xuất cần chỉ đạo, đôn đốc", repeats = true }
event "bca-report-request" { title = "Bộ Công an yêu cầu báo cáo đột xuất", repeats = true }
event "bca-request-impact" { title = "Bộ Công an yêu cầu đánh giá tác động TTHC, góp ý dự thảo", repeats = true }
event "drafter-request" { title = "Đơn vị soạn thảo yêu cầu thẩm định dự thảo", repeats = true }
event "bca-request-comment" { title = "Bộ Công an yêu cầu góp ý quy định kinh doanh trên cổng tham vấn", repeats = true }
event "bca-request-services" { title = "Bộ Công an yêu cầu cung cấp dịch vụ công trực tuyến", repeats = true }
event "bca-request-sync" { title = "Bộ Công an yêu cầu đồng bộ hồ sơ lên Cổng dịch vụ công quốc gia", repeats = true }
event "digitize-request" { title = "Bộ Công an hoặc Công an tỉnh yêu cầu số hóa", repeats = true }
event "training-call" { title = "Bộ Công an hoặc UBND tỉnh triệu tập tập huấn", repeats = true }
event "report-request" { title = "Nhận văn bản yêu cầu báo cáo đột xuất", by_unit = true, repeats = true }

-- Việc phát sinh ở từng đơn vị.
event "publication-decision" {
  title = "Nhận được quyết định công bố của Bộ trưởng hoặc quyết định công khai TTHC của Giám đốc",
  by_unit = true, repeats = true,
  note = "Ghi khi nhận từng quyết định, không chờ đủ cả hai",
}
event "late-dossier" { title = "Có hồ sơ giải quyết trễ hẹn", by_unit = true, repeats = true }
event "difficulty" { title = "Phát sinh khó khăn, vướng mắc khi thực hiện kế hoạch", by_unit = true, repeats = true }

-- Số liệu riêng của kế hoạch này ----------------------------------------------------------------------------------------

metric "end_to_end.dossiers" { title = "Hồ sơ xử lý trực tuyến toàn trình, từ nộp đến trả kết quả", counted_in = "hồ sơ",
  never_above = "dossiers.received" }

metric "identity_papers.procedures" { title = "TTHC có yêu cầu giấy tờ công dân thuộc diện rà soát", counted_in = "thủ tục",
  over_time = "last" }
metric "identity_papers.reviewed" { title = "TTHC có yêu cầu giấy tờ công dân đã rà soát, đề xuất giải pháp",
  counted_in = "thủ tục", over_time = "last", never_above = "identity_papers.procedures" }
metric "identity_papers.demands" { title = "Quy định yêu cầu giấy tờ tùy thân, bản sao", counted_in = "quy định",
  over_time = "last" }
metric "identity_papers.demands_cut" { title = "Quy định yêu cầu giấy tờ tùy thân, bản sao đã cắt giảm",
  counted_in = "quy định", over_time = "last", never_above = "identity_papers.demands" }

metric "end_to_end.services" { title = "Dịch vụ công trực tuyến toàn trình đang cung cấp", counted_in = "dịch vụ",
  over_time = "last" }
metric "end_to_end.online_only" { title = "Dịch vụ công toàn trình chỉ còn phương thức trực tuyến", counted_in = "dịch vụ",
  over_time = "last", never_above = "end_to_end.services" }

metric "service_systems.total" { title = "Hệ thống thông tin giải quyết TTHC đang dùng", counted_in = "hệ thống",
  over_time = "last" }
metric "service_systems.stable" { title = "Hệ thống thông tin giải quyết TTHC hoạt động ổn định, an toàn",
  counted_in = "hệ thống", over_time = "last", never_above = "service_systems.total" }

metric "pilot_models.applied" { title = "Mô hình điểm Đề án 06 đã nghiên cứu, áp dụng", counted_in = "mô hình",
  over_time = "last" }

metric "archive.signed" { title = "Hồ sơ giải quyết thành công được số hóa, ký số và lưu trữ điện tử", counted_in = "hồ sơ",
  never_above = "dossiers.successful" }
metric "intake.in_national_database" { title = "Hồ sơ tiếp nhận đã cập nhật vào cơ sở dữ liệu quốc gia về TTHC",
  counted_in = "hồ sơ",
  never_above = "dossiers.received" }

-- I. Mục tiêu -----------------------------------------------------------------------------------------------------------

section "I.1" "Mục tiêu"

kpi "I.1#online" {
  title = "Hồ sơ TTHC xử lý trực tuyến toàn trình, cả tỉnh", across = "@desk",
  measure = ratio("end_to_end.dossiers", "dossiers.received"), target = at_least(100, "%"),
  due = year "2025", text = "phấn đấu đạt 100% … đến hết năm 2025",
  note = "Cùng mục tiêu với PL01/4 và PL01/5",
}

-- II.1. Nhiệm vụ chung --------------------------------------------------------------------------------------------------

section "II.1" "Nhiệm vụ chung"

section "II.1/A" "Chỉ đạo, điều hành, kiểm tra, đôn đốc"

task "II.1/1" {
  title = "Kế hoạch cải cách, kiểm soát TTHC, đo lường hài lòng năm 2025 và văn bản đôn đốc",
  text = "Tháng 01/2025",
  lead = "@all", with = "PV01",
  due = month "2025-01",
  product = "Kế hoạch đã ban hành; văn bản chỉ đạo; mã QR đánh giá hài lòng",
  see = "III.1/plan",
  note = "Riêng kế hoạch phải gửi Công an tỉnh sớm hơn, trước 24/01 (III.1/plan)",
}

task "II.1/2" {
  title = "Kế hoạch kiểm tra và kiểm tra cải cách, kiểm soát TTHC, đánh giá hài lòng năm 2025",
  lead = "PV01", with = "@all",
  product = "Kế hoạch kiểm tra; kết quả kiểm tra",

  part "plan" {
    title = "Ban hành kế hoạch kiểm tra cải cách, kiểm soát TTHC năm 2025",
    text = "Căn cứ Kế hoạch của Bộ Công an và UBND tỉnh",
    due = schedule "inspection-plans",
    product = "Kế hoạch kiểm tra",
    note = "Không có ngày riêng; phải kịp để kiểm tra xong trước 30/6",
  },

  part "inspection" {
    title = "Hoàn thành kiểm tra cải cách, kiểm soát TTHC năm 2025",
    text = "Hoàn thành kiểm tra trước ngày 30/6/2025",
    due = before "30/06/2025",
    product = "Kết quả kiểm tra",
  },
}

task "II.1/3" {
  title = "Kế hoạch tuyên truyền cải cách, kiểm soát TTHC và đánh giá hài lòng năm 2025",
  text = "Tháng 02/2025",
  lead = "PV01", with = "@all",
  due = month "2025-02",
  product = "Kế hoạch truyền thông; tin bài trên báo đài, mạng xã hội, loa phát thanh",
}

task "II.1/4" {
  title = "Đề xuất sáng kiến, giải pháp cải cách TTHC và nâng chỉ số hài lòng",
  text = "Thường xuyên",
  lead = "PV01", with = "@all",
  due = ongoing,
  product = "Báo cáo đề xuất với lãnh đạo Công an tỉnh; mô hình, cách làm hay",
}

section "II.1/B" "Hoàn thiện hành lang pháp lý"

task "II.1/5" {
  title = "Rà soát, hệ thống hóa VBQPPL của địa phương và đăng ký xây dựng nghị quyết",
  text = "Trong năm 2025",
  lead = "PV01", with = "@all",
  due = year "2025",
  product = "Kết quả rà soát; kiến nghị về VBQPPL của Đề án 06, chuyển đổi số; đăng ký chương trình xây dựng",
  note = "Ba việc (1), (2), (3) chung một thời hạn",
}

task "II.1/6" {
  title = "Rà soát TTHC yêu cầu giấy tờ công dân, bản sao: đề xuất bãi bỏ hoặc tra cứu điện tử",
  text = "Quý I/2025",
  lead = "@all", with = "PV01",
  lead_text = "PA08; PC06, PC07, PC08 và Công an các đơn vị, địa phương",
  due = quarter "2025-Q1",
  product = "Đề xuất bãi bỏ, giải pháp thay giấy tờ bằng kết quả điện tử",

  kpi "reviewed" {
    title = "TTHC thuộc phạm vi quản lý đã rà soát, đề xuất giải pháp",
    measure = ratio("identity_papers.reviewed", "identity_papers.procedures"), target = at_least(100, "%"),
    over = "2025-Q1", due = quarter "2025-Q1", text = "100% TTHC … được rà soát, đề xuất các giải pháp",
  },

  kpi "demands-cut" {
    title = "Quy định yêu cầu giấy tờ tùy thân, bản sao đã cắt giảm",
    measure = ratio("identity_papers.demands_cut", "identity_papers.demands"), target = at_least(100, "%"),
    over = "2025-Q1", due = quarter "2025-Q1", text = "giảm 100% các quy định",
  },
}

section "II.1/C" "Đổi mới thực hiện TTHC, phục vụ người dân, doanh nghiệp"

section "II.1/7" "Tiếp nhận, xử lý phản ánh, kiến nghị"

task "II.1/7.1" {
  title = "Tiếp nhận, tổng hợp phản ánh, kiến nghị về cơ chế, chính sách, TTHC",
  text = "Thường xuyên",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị, địa phương có liên quan",
  due = ongoing,
  product = "Báo cáo đề xuất giải pháp xử lý hoặc văn bản chuyển cơ quan có thẩm quyền",
}

task "II.1/7.2" {
  title = "Thực hiện Thông tư 57/2023/TT-BCA về tiếp nhận, xử lý phản ánh, kiến nghị",
  text = "Thường xuyên",
  lead = "@all", with = "PV01",
  lead_text = "PA08; PC06, PC07, PC08 và Công an các đơn vị, địa phương",
  due = ongoing,
  product = "Phản ánh, kiến nghị được xử lý đúng quy định, không chậm muộn",
  see = "Thông tư 57/2023/TT-BCA ngày 31/10/2023",

  kpi "late" {
    title = "Phản ánh, kiến nghị xử lý chậm", each = "quarter",
    measure = count("feedback.late"), target = at_most(0, "phản ánh"),
    text = "tuyệt đối không để xảy ra tình trạng chậm muộn",
  },
}

section "II.1/8" "Đẩy mạnh dịch vụ công trực tuyến"

task "II.1/8.1" {
  title = "Rà soát, xóa bỏ phương thức trực tiếp ở dịch vụ công trực tuyến toàn trình",
  text = "Theo lộ trình Kế hoạch số 489/KH-CAT ngày 05/12/2024 Công an tỉnh",
  lead = "@all", with = { "PV01", "@all" }, with_text = "PV01 và Công an các đơn vị, địa phương có liên quan",
  lead_text = "PA08; PC06, PC07, PC08 và Công an các đơn vị, địa phương",
  due = schedule "plan-489-roadmap",
  product = "Dịch vụ công toàn trình chỉ còn một phương thức trực tuyến",
  see = "Kế hoạch 489/KH-CAT ngày 05/12/2024",

  kpi "online-only" {
    title = "Dịch vụ công toàn trình chỉ thực hiện bằng phương thức trực tuyến",
    measure = ratio("end_to_end.online_only", "end_to_end.services"), target = at_least(100, "%"),
    text = "100% … chỉ thực hiện theo 01 phương thức trực tuyến",
  },
}

task "II.1/8.2" {
  title = "Hoàn thiện, tích hợp dịch vụ công trực tuyến và các hệ thống giải quyết TTHC",
  text = "Theo lộ trình Kế hoạch số 489/KH- CAT ngày 05/12/2024 Công an tỉnh",
  lead = "@all", with = { "PV01", "@all" }, with_text = "PV01 và Công an các đơn vị, địa phương có liên quan",
  lead_text = "PA08; PC06, PC07, PC08 và Công an các đơn vị, địa phương",
  due = schedule "plan-489-roadmap",
  product = "Dịch vụ công trực tuyến đúng tiến độ; hệ thống thông tin ổn định, an toàn",
  see = "Kế hoạch 489/KH-CAT ngày 05/12/2024",

  kpi "stable" {
    title = "Hệ thống thông tin giải quyết TTHC hoạt động ổn định, an toàn",
    measure = ratio("service_systems.stable", "service_systems.total"), target = at_least(100, "%"),
    text = "100% các hệ thống thông tin hoạt động ổn định",
  },
}

section "II.1/9" "Chỉ số chất lượng phục vụ trong thực hiện TTHC, dịch vụ công điện tử"

task "II.1/9.1" {
  title = "Đánh giá hài lòng của người dân, tổ chức năm 2025",
  text = "Hoàn thành trước ngày 05/7/2025",
  lead = "@all", with = "PV01",
  lead_text = "PA08, PC06, PC07, PC08 và Công an các đơn vị, địa phương",
  due = before "05/07/2025",
  product = "Phiếu điện tử (mã QR); kết quả đã tổng hợp, phân tích, báo cáo",
  also = "PL03/5",
  note = "PL03/5 đặt ngày sớm hơn cho cùng việc (trước 01/7/2025): nên theo ngày sớm",
}

task "II.1/9.2" {
  title = "Lấy ý kiến cơ quan, tổ chức về kết quả cải cách TTHC của Công an tỉnh",
  text = "Hoàn thành trước ngày 01/9/2025",
  lead = "@district", with = "PV01",
  due = before "01/09/2025",
  product = "Phiếu lấy ý kiến sở, ngành, địa phương; kết quả đã tổng hợp, báo cáo",
  also = "PL03/8",
  note = "PL03/8 in thêm PA08, PC06, PC07, PC08 cùng chủ trì việc này",
}

section "II.1/D" "Cải cách quy định về TTHC, quy định kinh doanh"

task "II.1/10" {
  title = "Rà soát, đơn giản hóa quy định kinh doanh gây khó khăn",
  text = "Thời gian hoàn thành Quý I/2025",
  lead = "@desk", with = "PV01",
  due = quarter "2025-Q1",
  product = "Quy định kinh doanh được rà soát, cắt giảm, đơn giản hóa",
}

task "II.1/11" {
  title = "Rà soát, đề xuất sửa VBQPPL để thực thi phương án đơn giản hóa quy định kinh doanh",
  text = "Thời gian thực hiện thường xuyên",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị, địa phương có liên quan",
  due = ongoing,
  product = "Kiến nghị sửa đổi, bổ sung VBQPPL",
}

section "II.2" "Nhiệm vụ cụ thể: xem PL01, PL02, PL03"

-- III. Tổ chức thực hiện ------------------------------------------------------------------------------------------------

section "III" "Tổ chức thực hiện"

section "III.1" "Thủ trưởng Công an các đơn vị, địa phương"

report "III.1/plan" {
  title = "Gửi kế hoạch triển khai của đơn vị về Công an tỉnh",
  text = "trước ngày 24/01/2025",
  lead = "@all", to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  lead_text = "Thủ trưởng Công an các đơn vị, địa phương",
  due = before "24/01/2025",
  product = "Kế hoạch của đơn vị",
  see = "II.1/1",
}

report "III.1/periodic" {
  title = "Báo cáo định kỳ cải cách, kiểm soát TTHC, một cửa, TTHC điện tử",
  text = "Báo cáo Quý I (trước ngày 15/3); Báo cáo 06 tháng (trước ngày 15/6); "
    .. "Báo cáo Quý III (trước ngày 15/9); Báo cáo năm (trước ngày 15/12)",
  lead = "@all", to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  lead_text = "Thủ trưởng Công an các đơn vị, địa phương",
  due = every {
    ["2025-Q1"] = before "15/03/2025",
    ["2025-H1"] = before "15/06/2025",
    ["2025-Q3"] = before "15/09/2025",
    ["2025"] = before "15/12/2025",
  },
  product = "Báo cáo định kỳ",
  note = "Không in nơi nhận và năm: theo dòng trên, gửi Công an tỉnh qua PV01, năm 2025",
}

report "III.1/ad-hoc" {
  title = "Báo cáo đột xuất theo văn bản yêu cầu",
  text = "theo quy định tại các văn bản yêu cầu báo cáo",
  lead = "@all", to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  due = request "report-request",
  product = "Báo cáo đột xuất",
  note = "Không in nơi nhận: hiểu là Công an tỉnh, qua PV01",
}

report "III.1/survey" {
  title = "Báo cáo đo lường, lấy ý kiến đánh giá hài lòng theo thời gian ở PL03",
  text = "Thực hiện theo quy định tại Phụ lục 03",
  lead = "@all", to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  due = undated "ngày nằm ở PL03/6 và PL03/8",
  product = "Báo cáo theo PL03",
  also = { "PL03/6", "PL03/8" },
  note = "Chỉ dẫn sang PL03, không đặt thêm ngày; không in nơi nhận",
}

section "III.2" "Phòng Hậu cần"

task "III.2/funds" {
  title = "Bảo đảm kinh phí thực hiện kế hoạch năm 2025",
  lead = "PH10",
  lead_text = "Phòng Hậu cần",
  due = undated "kế hoạch không nêu thời hạn",
  product = "Kinh phí từ nguồn thường xuyên năm 2025",
}

section "III.3" "Phòng PX03"

task "III.3/publicity" {
  title = "Tuyên truyền cải cách TTHC và đo lường hài lòng qua mã QR",
  lead = "PX03",
  due = undated "kế hoạch không nêu thời hạn",
  product = "Thông tin, tuyên truyền về hình thức, thời điểm triển khai",
}

section "III.4" "Phòng PV01"

task "III.4/advise" {
  title = "Chủ trì tham mưu triển khai các nhiệm vụ được phân công",
  lead = "PV01",
  due = undated "kế hoạch không nêu thời hạn",
}

task "III.4/guide" {
  title = "Hướng dẫn, đôn đốc các đơn vị; tổng hợp kết quả, đề xuất khắc phục hạn chế",
  lead = "PV01",
  due = undated "kế hoạch không nêu thời hạn",
  product = "Văn bản hướng dẫn, đôn đốc; tổng hợp kết quả, đề xuất giải pháp",
}

task "III.4/survey-summary" {
  title = "Tổng hợp kết quả đo lường, lấy ý kiến năm 2025 cho Chỉ số cải cách hành chính",
  lead = "PV01",
  due = undated "kế hoạch không nêu thời hạn",
  product = "Tổng hợp kết quả đo lường sự hài lòng và lấy ý kiến",
}

task "III.4/survey-data" {
  title = "Tổng hợp, gửi dữ liệu đo lường trực tuyến của các đơn vị giải quyết TTHC",
  lead = "PV01",
  due = undated "kế hoạch không nêu thời hạn",
  product = "Dữ liệu đo lường của PA08, PC06, PC07, PC08 và Công an các địa phương",
  note = "Không in nơi nhận dữ liệu",
}

report "III.4/difficulty" {
  title = "Phản ánh khó khăn, vướng mắc khi thực hiện kế hoạch",
  text = "Trong quá trình thực hiện, nếu có khó khăn, vướng mắc … kịp thời",
  lead = "@all", to = "PV01", via = "Đội Pháp chế và Quản lý khoa học",
  due = at_once "difficulty",
  product = "Phản ánh khó khăn, vướng mắc (nếu có)",
  note = "\"Kịp thời\" không có số ngày: lấy cách sớm nhất, ngày làm việc đầu tiên sau khi phát sinh",
}

-- PL01. Cải cách TTHC ---------------------------------------------------------------------------------------------------

section "PL01" "Phụ lục 01: cải cách TTHC"

section "PL01/I" "Nhiệm vụ của cơ quan thường trực cải cách hành chính"

task "PL01/1" {
  title = "Văn bản chỉ đạo, đôn đốc các đơn vị cải cách TTHC",
  lead = "PV01", with = "@all",
  product = "Văn bản chỉ đạo, đôn đốc",

  part "half-year" {
    title = "Văn bản chỉ đạo, đôn đốc cải cách TTHC, 6 tháng một lần",
    text = "Định kỳ 6 tháng",
    due = every("half", { day = "unstated" }),
    note = "Không nêu ngày: tạm lấy ngày cuối mỗi nửa năm",
  },

  part "ad-hoc" {
    title = "Văn bản chỉ đạo, đôn đốc theo chuyên đề đột xuất",
    text = "hoặc theo chuyên đề đột xuất",
    due = request "topic-direction",
  },
}

task "PL01/2" {
  title = "Theo dõi, đôn đốc thực hiện kế hoạch, báo cáo vấn đề phát sinh",
  text = "Thường xuyên",
  lead = "PV01", with = "@all",
  due = ongoing,
  product = "Văn bản đôn đốc; báo cáo; thông báo ý kiến lãnh đạo Công an tỉnh",
}

report "PL01/3" {
  title = "Báo cáo Bộ Công an hằng quý, 06 tháng, năm và đột xuất",
  lead = "PV01", with = "@all", to = "BCA",
  product = "Báo cáo định kỳ, đột xuất",
  note = "Nội dung in \"Hằng quý, 06 tháng, năm hoặc đột xuất\", ngày theo quy định của Bộ Công an: "
    .. "mỗi kỳ một phần, chờ ghi ngày",

  part "q1" {
    title = "Báo cáo Quý I/2025 gửi Bộ Công an",
    text = "Theo thời gian quy định",
    due = schedule "bca-report-q1",
  },

  part "h1" {
    title = "Báo cáo 06 tháng đầu năm 2025 gửi Bộ Công an",
    text = "Theo thời gian quy định",
    due = schedule "bca-report-h1",
  },

  part "q3" {
    title = "Báo cáo Quý III/2025 gửi Bộ Công an",
    text = "Theo thời gian quy định",
    due = schedule "bca-report-q3",
  },

  part "year" {
    title = "Báo cáo năm 2025 gửi Bộ Công an",
    text = "Theo thời gian quy định",
    due = schedule "bca-report-year",
  },

  part "ad-hoc" {
    title = "Báo cáo đột xuất gửi Bộ Công an",
    text = "Theo thời gian quy định",
    due = request "bca-report-request",
  },
}

section "PL01/II" "Dịch vụ công, dịch vụ trực tuyến toàn trình"

task "PL01/4" {
  title = "Nâng số lượng, chất lượng dịch vụ công trực tuyến toàn trình",
  text = "Thường xuyên",
  lead = "@desk", with = "PV01",
  due = ongoing,
  product = "Hồ sơ được tiếp nhận, giải quyết hoàn toàn trên môi trường điện tử",

  kpi "online" {
    title = "Hồ sơ TTHC thuộc thẩm quyền được xử lý toàn trình",
    measure = ratio("end_to_end.dossiers", "dossiers.received"), target = at_least(100, "%"),
    due = year "2025", text = "đến hết năm 2025 đạt 100% hồ sơ TTHC; 100% hồ sơ … được xử lý toàn trình",
    note = "Ô nội dung và ô kết quả cùng một mục tiêu",
  },

  kpi "requests" {
    title = "Yêu cầu của cá nhân, tổ chức được giải quyết hoàn toàn trên môi trường điện tử",
    measure = ratio("end_to_end.dossiers", "dossiers.online_eligible"), target = at_least(100, "%"),
    text = "100% yêu cầu … (trừ trường hợp pháp luật có quy định khác)",
    note = "Mẫu số chỉ gồm hồ sơ đủ điều kiện trực tuyến: đã trừ trường hợp pháp luật quy định khác",
  },
}

task "PL01/5" {
  title = "Cung cấp dịch vụ công toàn trình, một phần theo quyết định của Giám đốc",
  text = "Theo lộ trình Kế hoạch số 489/KH-CAT ngày 05/12/2024 của Công an tỉnh",
  lead = "@desk", with = "PV01",
  due = schedule "plan-489-roadmap",
  product = "Tiếp nhận, giải quyết qua dịch vụ công trực tuyến",
  see = "Kế hoạch 489/KH-CAT ngày 05/12/2024",

  kpi "online" {
    title = "Hồ sơ TTHC xử lý hoàn toàn trên môi trường điện tử",
    measure = ratio("end_to_end.dossiers", "dossiers.received"), target = at_least(100, "%"),
    due = year "2025", text = "đến hết năm 2025 đạt 100% hồ sơ TTHC",
  },

  kpi "via-services" {
    title = "Hồ sơ tiếp nhận, giải quyết qua dịch vụ công trực tuyến",
    measure = ratio("dossiers.online", "dossiers.received"), target = at_least(100, "%"),
    text = "Số tiếp nhận, giải quyết thực hiện dịch vụ công trực tuyến đạt 100%",
  },
}

section "PL01/III" "Giải pháp đẩy mạnh cải cách TTHC"

section "PL01/6" "Cải cách TTHC nội bộ"

task "PL01/6.1" {
  title = "Rà soát, tái cấu trúc quy trình TTHC nội bộ",
  text = "Trong năm 2025",
  lead = "@all", with = "PV01",
  due = year "2025",
  product = "Quy trình, TTHC nội bộ được cải cách, đơn giản hóa, đủ bộ phận cấu thành",
}

task "PL01/6.2" {
  title = "Quyết định công khai TTHC nội bộ, quy trình nội bộ, quy trình điện tử",
  text = "Quý I/2025",
  lead = "PV01", with = "@all",
  due = quarter "2025-Q1",
  product = "Quyết định công khai TTHC nội bộ và quy trình từng TTHC",
}

task "PL01/6.3" {
  title = "Rà soát quy trình nội bộ, quy trình điện tử giải quyết TTHC",
  text = "Thường xuyên",
  lead = "PV01", with = "@all",
  due = ongoing,
  product = "Kết quả rà soát; kiến nghị sửa đổi quy trình",
}

section "PL01/7" "Cắt giảm, đơn giản hóa TTHC"

task "PL01/7.1" {
  title = "Thực hiện Nghị quyết 68/NQ-CP về cắt giảm quy định kinh doanh",
  text = "Tháng 6/2025",
  lead = "PV01", with = "@all",
  due = month "2025-06",
  product = "Kế hoạch; văn bản đôn đốc; báo cáo định kỳ, đột xuất",
  see = "Nghị quyết 68/NQ-CP ngày 12/5/2020",
}

task "PL01/7.2" {
  title = "Rà soát, cắt giảm TTHC về lý lịch tư pháp, giấy tờ dân cư; phân cấp giải quyết",
  text = "31/3/2025",
  lead = "PC06", with = "@all", with_text = "Công an các đơn vị, địa phương có liên quan",
  due = on "2025-03-31",
  product = "Đề xuất phương án đơn giản hóa; phân cấp giải quyết TTHC (nếu có)",
}

section "PL01/8" "Kiểm tra, đôn đốc; báo cáo kết quả"

task "PL01/8.1" {
  title = "Kiểm tra, đôn đốc đồng bộ dữ liệu, cải thiện xếp hạng Bộ Chỉ số phục vụ",
  text = "Thường xuyên",
  lead = "@desk", with = { "PV01", "@department" }, with_text = "PV01 và các đơn vị có liên quan",
  due = ongoing,
  product = "Nguồn lực được bảo đảm; chỉ số xếp hạng phục vụ được nâng lên",
}

task "PL01/8.2" {
  title = "Báo cáo giải pháp nâng cao hiệu quả giải quyết TTHC",
  text = "Tháng 11/2025",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị, địa phương có liên quan",
  due = month "2025-11",
  product = "Văn bản yêu cầu báo cáo; báo cáo kết quả",
  note = "Không in nơi nhận báo cáo",
}

task "PL01/8.3" {
  title = "Báo cáo kết quả cắt giảm TTHC nội bộ và phân cấp giải quyết TTHC",
  text = "Tháng 11/2025",
  lead = "PV01", with = "@all",
  due = month "2025-11",
  product = "Văn bản yêu cầu báo cáo; báo cáo kết quả",
  note = "Không in nơi nhận báo cáo",
}

section "PL01/9" "Nhiệm vụ của Đề án 06"

task "PL01/9.1" {
  title = "Thực hiện Đề án chuyển đổi số, kết nối với Đề án 06",
  text = "Năm 2025",
  lead = { "PV01", "PC06" }, with = "@all",
  due = year "2025",
  product = "Hoàn thành trong năm 2025",
}

task "PL01/9.2" {
  title = "Tích hợp giấy tờ và tiện ích mới trên VNeID",
  text = "Trong năm 2025",
  lead = "PC06", with = { "PV01", "@all" }, with_text = "PV01 và Công an các đơn vị, phương có liên quan",
  due = year "2025",
  product = "Giấy tờ điện tử trên VNeID dùng được khi làm TTHC",
  note = "In \"các đơn vị, phương\": đọc là \"các đơn vị, địa phương\"; in \"VNNeID\": đọc là VNeID",
}

task "PL01/9.3" {
  title = "Kết nối, chia sẻ, khai thác Cơ sở dữ liệu quốc gia về dân cư khi giải quyết TTHC",
  text = "Thường xuyên",
  lead = "PC06", with = { "PV01", "@all" }, with_text = "PV01 và Công an các đơn vị, phương có liên quan",
  due = ongoing,
  product = "Dữ liệu được kết nối, chia sẻ theo yêu cầu công tác",
  note = "In \"các đơn vị, phương\": đọc là \"các đơn vị, địa phương\"",
}

task "PL01/9.4" {
  title = "Nghiên cứu, áp dụng 44 mô hình điểm của Đề án 06",
  text = "Thường xuyên",
  lead = { "PC06", "@all" }, with = "PV01",
  lead_text = "PC06 và Công an các đơn vị, địa phương có liên quan",
  due = ongoing,
  product = "Mô hình áp dụng có hiệu quả",
  note = "Không nêu đơn vị nào có liên quan: ghi tất cả",

  kpi "models" {
    title = "Mô hình điểm Đề án 06 đã nghiên cứu, áp dụng", lead = "PC06",
    measure = count("pilot_models.applied"), target = at_least(44, "mô hình"),
    text = "44 mô hình điểm về Đề án 06",
    note = "Kế hoạch nêu 44 mô hình để nghiên cứu áp dụng, không nói rõ phải đủ 44; tính ở PC06, đơn vị được nêu tên",
  },
}

task "PL01/9.5" {
  title = "Nhiệm vụ theo Nghị quyết 175/NQ-CP về Trung tâm dữ liệu quốc gia",
  text = "Theo lộ trình của Nghị quyết số 175/NQ-CP",
  lead = "PC06", with = "@all", with_text = "Công an các đơn vị, phương có liên quan",
  due = schedule "resolution-175-roadmap",
  product = "Nhiệm vụ theo lộ trình được triển khai đúng tiến độ",
  see = "Nghị quyết 175/NQ-CP ngày 30/10/2023",
  note = "In \"các đơn vị, phương\": đọc là \"các đơn vị, địa phương\"",
}

-- PL02. Kiểm soát TTHC --------------------------------------------------------------------------------------------------

section "PL02" "Phụ lục 02: kiểm soát TTHC"

section "PL02/I" "Kiểm soát quy định TTHC"

task "PL02/1" {
  title = "Đánh giá tác động TTHC và góp ý dự thảo VBQPPL của Bộ Công an",
  text = "Theo yêu cầu của Bộ Công an",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị, địa phương có liên quan",
  due = request "bca-request-impact",
  product = "Biểu mẫu, báo cáo đánh giá tác động quy định TTHC",
}

task "PL02/2" {
  title = "Thẩm định dự thảo VBQPPL do Công an tỉnh soạn trình HĐND, UBND tỉnh",
  text = "Theo yêu cầu của đơn vị soạn thảo",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị, địa phương có liên quan",
  due = request "drafter-request",
  product = "Dự thảo VBQPPL kèm kết quả thẩm định",
}

task "PL02/3" {
  title = "Góp ý quy định kinh doanh trên cổng tham vấn",
  text = "Theo yêu cầu của Bộ Công an",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị, địa phương có liên quan",
  due = request "bca-request-comment",
  product = "Văn bản tổng hợp, góp ý về quy định kinh doanh",
}

section "PL02/II" "Rà soát, đơn giản hóa TTHC nội bộ"

task "PL02/4" {
  title = "Ban hành kế hoạch rà soát TTHC nội bộ năm 2025",
  text = "Theo Kế hoạch của Bộ Công an",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị, địa phương có liên quan",
  due = schedule "bca-internal-review-plan",
  product = "Kế hoạch rà soát TTHC nội bộ năm 2025",
}

task "PL02/5" {
  title = "Rà soát, trình công bố TTHC nội bộ giai đoạn 2022-2025",
  text = "Theo yêu cầu tiến độ Kế hoạch năm 2025",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị, địa phương có liên quan",
  due = schedule "internal-publish-schedule",
  product = "TTHC nội bộ được trình, công bố",
}

task "PL02/6" {
  title = "Đề xuất phương án đơn giản hóa TTHC nội bộ giai đoạn 2022-2025",
  text = "Theo yêu cầu tiến độ",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị, địa phương có liên quan",
  due = schedule "internal-simplify-schedule",
  product = "TTHC nội bộ được trình, công bố",
  note = "Không nói tiến độ của văn bản nào",
}

section "PL02/III" "Công bố, cập nhật, công khai TTHC"

task "PL02/7" {
  title = "Quyết định công khai TTHC và niêm yết trên Cổng thông tin Công an tỉnh",
  text = "Thường xuyên",
  lead = "PV01", with = "@desk_department",
  due = ongoing,
  product = "Quyết định công khai danh mục TTHC; TTHC niêm yết trên Cổng thông tin điện tử",
  note = "Hai việc (1), (2) chung một thời hạn",
}

task "PL02/8" {
  title = "Niêm yết công khai đầy đủ TTHC tại nơi tiếp nhận, trả kết quả",
  text = "Ngay sau khi nhận được Quyết định công bố của Bộ trưởng Bộ Công an "
    .. "và Quyết định công khai TTHC của Giám đốc Công an tỉnh",
  lead = "@desk", with = "PV01",
  due = at_once "publication-decision",
  product = "TTHC niêm yết tại Bộ phận tiếp nhận, trả kết quả",
  note = "In hai quyết định nối bằng \"và\": lấy cách sớm hơn, mỗi quyết định nhận được là một lần niêm yết",
}

task "PL02/9" {
  title = "Công khai địa chỉ, điện thoại, email tiếp nhận phản ánh, kiến nghị",
  text = "Hoàn thành trong tháng 01/2025",
  lead = "PV01", with = "@all", with_text = "Công an các đơn vị, địa phương có liên quan",
  due = month "2025-01",
  product = "Thông tin tiếp nhận phản ánh, kiến nghị được niêm yết công khai",
  note = "Hai việc (1), (2) chung một thời hạn",
}

section "PL02/VI" "Thực hiện TTHC trên môi trường điện tử"

task "PL02/10" {
  title = "Cung cấp dịch vụ công toàn trình, một phần theo quyết định của Bộ Công an",
  text = "Theo yêu cầu của Bộ Công an",
  lead = "@desk", with = "PV01",
  lead_text = "PA08; PC06, CP07; PC08 và Công an các địa phương",
  due = request "bca-request-services",
  product = "Dịch vụ công trực tuyến trên Cổng dịch vụ công Bộ Công an",
  note = "Bản chụp in \"CP07\": đọc là PC07",
}

task "PL02/11" {
  title = "Cập nhật, đồng bộ hồ sơ, kết quả TTHC lên Cổng dịch vụ công quốc gia",
  text = "Theo yêu cầu của Bộ Công an",
  lead = "@desk", with = "PV01",
  lead_text = "PA08; PC06, CP07; PC08 và Công an các địa phương",
  due = request "bca-request-sync",
  product = "Hồ sơ, kết quả được đồng bộ trên Cổng Dịch vụ công quốc gia",
  see = "Quyết định 766/QĐ-TTg ngày 23/6/2022",
  note = "Bản chụp in \"CP07\": đọc là PC07",
}

task "PL02/12" {
  title = "Số hóa kết quả giải quyết TTHC lên Kho dữ liệu điện tử Bộ Công an",
  text = "Theo yêu cầu của Bộ Công an và của Công an tỉnh",
  lead = "@desk", with = { "PV01", "@department" }, with_text = "PV01 và Công an các đơn vị có liên quan",
  due = request "digitize-request",
  product = "Hồ sơ, kết quả được số hóa, ký số, lưu trữ; luân chuyển điện tử trong nội bộ",
  see = { "Nghị định 45/2020/NĐ-CP", "Nghị định 107/2021/NĐ-CP" },
  note = "Ô nội dung nói số hóa hằng ngày, ô thời gian nói theo yêu cầu: theo ô thời gian, "
    .. "việc hằng ngày do chỉ tiêu theo dõi",

  kpi "digitized" {
    title = "Hồ sơ, kết quả giải quyết thành công được số hóa, ký số, lưu trữ điện tử",
    measure = ratio("archive.signed", "dossiers.successful"), target = at_least(100, "%"),
    text = "Tỷ lệ số hóa, ký số và lưu trữ điện tử … đạt 100%",
  },

  kpi "e-transfer" {
    title = "Hồ sơ luân chuyển nội bộ bằng phương thức điện tử",
    measure = ratio("dossiers.e_transferred", "dossiers.transferred"), target = at_least(80, "%"),
    text = "đạt tối thiểu 80%",
  },
}

section "PL02/VII" "Kiểm soát TTHC theo cơ chế một cửa, một cửa liên thông"

task "PL02/13" {
  title = "Tiếp nhận hồ sơ TTHC đúng quy trình Nghị định 61/2018 và 107/2021",
  text = "Thường xuyên",
  lead = "@desk", with = "PV01",
  due = ongoing,
  product = "Hồ sơ tiếp nhận, giải quyết đúng quy định và cập nhật cơ sở dữ liệu quốc gia",
  see = { "Nghị định 61/2018/NĐ-CP", "Nghị định 107/2021/NĐ-CP" },

  kpi "by-rule" {
    title = "Hồ sơ tiếp nhận, giải quyết đúng quy định", each = "quarter",
    measure = ratio("dossiers.by_process", "dossiers.received"), target = at_least(100, "%"),
    text = "100% TTHC được tiếp nhận, giải quyết quy định",
    note = "In thiếu chữ: đọc là đúng quy định; đếm theo hồ sơ",
  },

  kpi "national-database" {
    title = "Hồ sơ tiếp nhận đã cập nhật vào cơ sở dữ liệu quốc gia về TTHC", each = "quarter",
    measure = ratio("intake.in_national_database", "dossiers.received"), target = at_least(100, "%"),
    text = "100% TTHC tiếp nhận được cập nhật vào Cơ sở dữ liệu quốc gia về TTHC",
  },
}

task "PL02/14" {
  title = "Xin lỗi và hẹn lại khi trả kết quả trễ hẹn",
  text = "Ngay khi có hồ sơ giải quyết trễ hẹn",
  lead = "@desk", with = "PV01",
  due = at_once "late-dossier",
  product = "Phiếu xin lỗi và hẹn trả kết quả",
}

section "PL02/VIII" "Các nhiệm vụ khác"

task "PL02/15" {
  title = "Nhận hồ sơ, trả kết quả TTHC qua dịch vụ bưu chính công ích",
  text = "Thường xuyên",
  lead = "@desk", with = "PV01",
  due = ongoing,
  product = "Kết quả TTHC được trả qua bưu chính công ích",
  see = "Quyết định 45/2016/QĐ-TTg ngày 19/10/2016",
}

task "PL02/16" {
  title = "Đẩy nhanh nhiệm vụ của Đề án 468 về đổi mới một cửa, một cửa liên thông",
  text = "Theo tiến độ Kế hoạch thực hiện của Đề án",
  lead = "PV01", with = "@desk",
  due = schedule "project-468-schedule",
  product = "Quy trình tiếp nhận, giải quyết TTHC được điện tử hóa theo mục tiêu Đề án",
  see = "Quyết định 468/QĐ-TTg",
  note = "In ngày quyết định 27/3/2022; kế hoạch 205/KH-CAT thực hiện Đề án này đã có từ 27/7/2021 (soctrang-2024, VII/2): "
    .. "năm 2022 có lẽ in nhầm của 2021",
}

task "PL02/17" {
  title = "Thực hiện Nghị quyết 131/NQ-CP về đẩy mạnh cải cách TTHC",
  text = "Theo tiến độ Nghị quyết số 131/NQ-CP, ngày 06/10/2022",
  lead = "@desk", with = "PV01",
  due = schedule "resolution-131-schedule",
  product = "Sản phẩm từng nhiệm vụ tại Kế hoạch 07/KH-CAT ngày 18/01/2023",
  see = { "Nghị quyết 131/NQ-CP ngày 06/10/2022", "Kế hoạch 07/KH-CAT ngày 18/01/2023" },
}

task "PL02/18" {
  title = "Cử cán bộ tập huấn nghiệp vụ TTHC",
  text = "Theo yêu cầu của Bộ Công an và Ủy ban nhân dân tỉnh",
  lead = "PV01", with = "@all",
  due = request "training-call",
  product = "Cán bộ dự lớp tập huấn của Bộ Công an, UBND",
}

-- PL03. Đo lường sự hài lòng --------------------------------------------------------------------------------------------

section "PL03" "Phụ lục 03: đo lường, lấy ý kiến đánh giá sự hài lòng"

section "PL03/I" "Đối tượng, nội dung, phạm vi, thời gian và phương pháp"

task "PL03/1" {
  title = "Đối tượng đo lường, lấy ý kiến đánh giá",
  text = "Hoàn thành trước 01/9/2025",
  lead = "PV01", with = "@desk",
  due = before "01/09/2025",
  product = "Phụ lục 03a",
  note = "Ô chủ trì, phối hợp, thời gian in gộp cho dòng 1 đến 3. Phụ lục 03a không có trong bản chụp",
}

task "PL03/2" {
  title = "Nội dung, phạm vi, thời gian đo lường, lấy ý kiến",
  text = "Hoàn thành trước 01/9/2025",
  lead = "PV01", with = "@desk",
  due = before "01/09/2025",
  product = "Phụ lục 03b",
  note = "Phụ lục 03b không có trong bản chụp",
}

task "PL03/3" {
  title = "Phương pháp đo lường, lấy ý kiến đánh giá",
  text = "Hoàn thành trước 01/9/2025",
  lead = "PV01", with = "@desk",
  due = before "01/09/2025",
  product = "Phụ lục 03c",
  note = "Ô chủ trì, phối hợp, thời gian in gộp cho dòng 1 đến 3. Phụ lục 03c không có trong bản chụp",
}

section "PL03/II" "Khảo sát sự hài lòng của người dân, tổ chức"

task "PL03/4" {
  title = "Phát phiếu đo lường hài lòng điện tử, mã QR",
  text = "Hoàn thành trước ngày 25/01/2025",
  lead = "PV01", with = "@desk",
  due = before "25/01/2025",
  product = "Phiếu đo lường điện tử, mã QR",
}

task "PL03/5" {
  title = "Đánh giá hài lòng của người dân, tổ chức, doanh nghiệp bằng mã QR",
  text = "Hoàn thành trước ngày 01/7/2025",
  lead = "@all", with = "PV01",
  lead_text = "PA08; PC06; PC07; PC08 và Công an các đơn vị địa phương",
  due = before "01/07/2025",
  product = "Kết quả qua phiếu điện tử, lưu tập trung trên Hệ thống",
  also = "II.1/9.1",
  note = "II.1/9.1 đặt ngày muộn hơn cho cùng việc (trước 05/7/2025): nên theo ngày sớm ở đây",
}

report "PL03/6" {
  title = "Báo cáo đánh giá hài lòng của người dân, tổ chức, doanh nghiệp",
  lead = "@desk", with = "PV01", to = "PV01",
  product = "Báo cáo", form = "Mẫu báo cáo số 01",
  also = "III.1/survey",
  note = "Hai ngày trong một dòng: xong trước 10/7, gửi trước 20/7. Nơi nhận in \"Công an tỉnh\": PV01 như phần III",

  part "finish" {
    kind = "task",
    title = "Hoàn thành báo cáo đánh giá hài lòng của người dân, tổ chức",
    text = "Hoàn thành trước ngày 10/7/2025",
    due = before "10/07/2025",
  },

  part "send" {
    title = "Gửi báo cáo đánh giá hài lòng về Công an tỉnh",
    text = "gửi về Công an tỉnh trước ngày 20/7/2025",
    due = before "20/07/2025",
  },
}

section "PL03/III" "Lấy ý kiến cơ quan, tổ chức về cải cách hành chính"

task "PL03/7" {
  title = "Phát phiếu lấy ý kiến cơ quan, tổ chức năm 2025",
  text = "Hoàn thành trước ngày 01/3/2025",
  lead = "PV01", with = "@desk",
  due = before "01/03/2025",
  product = "Phiếu 01, Phiếu 02",
}

task "PL03/8" {
  title = "Lấy ý kiến cơ quan, tổ chức về một số tiêu chí cải cách hành chính",
  text = "Hoàn thành trước ngày 01/9/2025",
  lead = "@desk", with = "PV01",
  due = before "01/09/2025",
  product = "Kết quả lấy ý kiến",
  also = { "II.1/9.2", "III.1/survey" },
  note = "Ô kết quả chỉ nêu Công an địa phương, ô chủ trì nêu cả PA08, PC06, PC07, PC08",

  part "report" {
    kind = "report",
    title = "Báo cáo kết quả lấy ý kiến cơ quan, tổ chức về Công an tỉnh",
    text = "Trước ngày 01/9/2025, … tổng hợp kết quả, báo cáo Công an tỉnh",
    lead = "@district", to = "PV01",
    due = before "01/09/2025",
    product = "Báo cáo kết quả lấy ý kiến", form = "Mẫu Báo cáo số 02",
    note = "Nơi nhận in \"Công an tỉnh\": PV01 như phần III",
  },
}

-- Kiểm tra --------------------------------------------------------------------------------------------------------------

test "trước ngày X là hết ngày hôm trước" { at = "2025-01-20", unit = "soctrang/PC06",
  expect = {
    { ref = "III.1/plan", period = "2025", due = "2025-01-23", act_by = "2025-01-23", state = "open" },
    { ref = "II.1/9.1", period = "2025", due = "2025-07-04", act_by = "2025-07-04" },
    { ref = "PL03/5", period = "2025", due = "2025-06-30", act_by = "2025-06-30" },
  } }

test "báo cáo định kỳ mang nhãn quý, 06 tháng và năm" { at = "2025-03-10", unit = "soctrang/PC06",
  expect = {
    { ref = "III.1/periodic", period = "2025-Q1", due = "2025-03-14", act_by = "2025-03-14", state = "open" },
    { ref = "III.1/periodic", period = "2025-H1", due = "2025-06-14", act_by = "2025-06-13" },
    { ref = "III.1/periodic", period = "2025-Q3", due = "2025-09-14", act_by = "2025-09-12" },
    { ref = "III.1/periodic", period = "2025", due = "2025-12-14", act_by = "2025-12-12" },
    { ref = "III.1/periodic", period = "2025-Q2", absent = true },
    { ref = "III.1/periodic", period = "2025-Q4", absent = true },
  } }

test "báo cáo quý đã gửi" { at = "2025-03-20", unit = "soctrang/PC07",
  given = { finished("III.1/periodic", "2025-Q1", "2025-03-14") },
  expect = { { ref = "III.1/periodic", period = "2025-Q1", due = "2025-03-14", state = "done", late = false } } }

test "PV01 nhận thì không nợ chính mình" { at = "2025-03-10", unit = "soctrang/PV01",
  expect = {
    { ref = "III.1/plan", absent = true },
    { ref = "III.1/periodic", period = "2025-Q1", absent = true },
    { ref = "PL03/6", part = "send", absent = true },
  } }

test "hai ngày trong một dòng" { at = "2025-07-01", unit = "soctrang/PA08",
  expect = {
    { ref = "PL03/6", part = "finish", period = "2025", due = "2025-07-09", act_by = "2025-07-09" },
    { ref = "PL03/6", part = "send", period = "2025", due = "2025-07-19", act_by = "2025-07-18" },
  } }

test "tháng kết thúc trong nghỉ Tết và cuối tuần" { at = "2025-01-20", unit = "soctrang/PV01",
  expect = {
    { ref = "II.1/1", period = "2025", due = "2025-01-31", act_by = "2025-01-24" },
    { ref = "PL02/9", period = "2025", due = "2025-01-31", act_by = "2025-01-24" },
    { ref = "II.1/3", period = "2025", due = "2025-02-28", act_by = "2025-02-28" },
    { ref = "PL01/7.1", period = "2025", due = "2025-06-30", act_by = "2025-06-30" },
    { ref = "PL01/8.2", period = "2025", due = "2025-11-30", act_by = "2025-11-28" },
  } }

test "việc của PV01: kiểm tra, phát phiếu" { at = "2025-01-20", unit = "soctrang/PV01",
  expect = {
    { ref = "II.1/2", part = "inspection", period = "2025", due = "2025-06-29", act_by = "2025-06-27" },
    { ref = "PL03/4", period = "2025", due = "2025-01-24", act_by = "2025-01-24" },
    { ref = "PL03/7", period = "2025", due = "2025-02-28", act_by = "2025-02-28" },
    { ref = "PL03/1", period = "2025", due = "2025-08-31", act_by = "2025-08-29" },
  } }

test "quý I hết ngày 31/3, năm hết ngày 31/12, ngày in thẳng" { at = "2025-02-10", unit = "soctrang/PC06",
  expect = {
    { ref = "II.1/6", period = "2025", due = "2025-03-31", act_by = "2025-03-31" },
    { ref = "II.1/10", period = "2025", due = "2025-03-31" },
    { ref = "PL01/7.2", period = "2025", due = "2025-03-31", act_by = "2025-03-31" },
    { ref = "PL01/9.1", period = "2025", due = "2025-12-31", act_by = "2025-12-31" },
  } }

test "6 tháng một lần, không nêu ngày" { at = "2025-02-10", unit = "soctrang/PV01",
  expect = {
    { ref = "PL01/1", part = "half-year", period = "2025-H1", due = "2025-06-30", act_by = "2025-06-30" },
    { ref = "PL01/1", part = "half-year", period = "2025-H2", due = "2025-12-31", act_by = "2025-12-31" },
  } }

test "Công an huyện có việc đến khi kết thúc" { at = "2025-01-20", unit = "soctrang/H-KESACH",
  expect = { { ref = "III.1/plan", period = "2025", due = "2025-01-23" } } }

test "niêm yết ngay: thứ bảy 26/4 là ngày làm việc" { at = "2025-04-25", unit = "soctrang/PA08",
  given = { occurred("publication-decision", "2025-04-25") },
  expect = { { ref = "PL02/8", period = "2025-04-25", due = "2025-04-26", act_by = "2025-04-26", state = "open" } } }

test "niêm yết ngay: qua kỳ nghỉ 30/4" { at = "2025-04-29", unit = "soctrang/PC08",
  given = { occurred("publication-decision", "2025-04-29") },
  expect = { { ref = "PL02/8", period = "2025-04-29", due = "2025-05-05", state = "open" } } }

test "hồ sơ trễ hẹn thì xin lỗi ngày làm việc sau" { at = "2025-03-14", unit = "soctrang/PC06",
  given = { occurred("late-dossier", "2025-03-14") },
  expect = { { ref = "PL02/14", period = "2025-03-14", due = "2025-03-17", state = "open" } } }

test "việc xong trước 01/9: 31/8 là Chủ nhật" { at = "2025-02-10", unit = "soctrang/H-TRANDE",
  expect = {
    { ref = "II.1/9.2", period = "2025", due = "2025-08-31", act_by = "2025-08-29" },
    { ref = "PL03/8", part = "report", period = "2025", due = "2025-08-31", act_by = "2025-08-29" },
    { ref = "PL01/6.1", period = "2025", due = "2025-12-31", act_by = "2025-12-31" },
  } }

test "PL03/8: phòng lấy ý kiến, báo cáo là việc của Công an địa phương" { at = "2025-02-10", unit = "soctrang/PC06",
  expect = {
    { ref = "PL03/8", period = "2025", due = "2025-08-31", act_by = "2025-08-29" },
    { ref = "PL03/8", part = "report", absent = true },
    { ref = "II.1/9.2", absent = true },
    { ref = "PL01/9.2", period = "2025", due = "2025-12-31" },
  } }

test "việc của PV01: quý I, tháng 11, cả năm, ba dòng in gộp" { at = "2025-02-10", unit = "soctrang/PV01",
  expect = {
    { ref = "PL01/6.2", period = "2025", due = "2025-03-31", act_by = "2025-03-31" },
    { ref = "PL01/8.3", period = "2025", due = "2025-11-30", act_by = "2025-11-28" },
    { ref = "II.1/5", period = "2025", due = "2025-12-31", act_by = "2025-12-31" },
    { ref = "PL01/9.1", period = "2025", due = "2025-12-31" },
    { ref = "PL03/2", period = "2025", due = "2025-08-31", act_by = "2025-08-29" },
    { ref = "PL03/3", period = "2025", due = "2025-08-31", act_by = "2025-08-29" },
    { ref = "II.1/2", part = "plan", period = "2025", due = false, state = "waiting" },
  } }

test "báo cáo đột xuất: mỗi văn bản yêu cầu một việc" { at = "2025-05-12", unit = "soctrang/PC08",
  given = {
    occurred("report-request", "2025-04-01", { due = "2025-04-10" }),
    occurred("report-request", "2025-05-12", { due = "2025-05-20" }) },
  expect = {
    { ref = "III.1/ad-hoc", period = "2025-04-01", due = "2025-04-10", state = "overdue" },
    { ref = "III.1/ad-hoc", period = "2025-05-12", due = "2025-05-20", state = "open" },
  } }

test "vướng mắc ngày thứ Sáu thì phản ánh trong thứ Hai" { at = "2025-03-14", unit = "soctrang/PA05",
  given = { occurred("difficulty", "2025-03-14") },
  expect = { { ref = "III.4/difficulty", period = "2025-03-14", due = "2025-03-17", act_by = "2025-03-17", state = "open" } } }

test "lộ trình chưa ghi ngày thì chờ" { at = "2025-02-10", unit = "soctrang/PC06",
  expect = { { ref = "PL01/9.5", period = "2025", due = false, state = "waiting" } } }

test "lộ trình đã ghi ngày" { at = "2025-02-10", unit = "soctrang/PC06",
  given = { occurred("resolution-175-roadmap", "2025-02-10", { due = "2025-06-20" }) },
  expect = { { ref = "PL01/9.5", period = "2025-02-10", due = "2025-06-20", act_by = "2025-06-20", state = "open" } } }

test "lộ trình nhiều mốc: mốc sau là việc mới, mốc đã xong vẫn là đã xong" { at = "2025-07-01", unit = "soctrang/PC06",
  given = {
    occurred("plan-489-roadmap", "2025-02-10", { due = "2025-03-31" }), finished("II.1/8.1", "2025-02-10", "2025-03-28"),
    occurred("plan-489-roadmap", "2025-06-02", { due = "2025-06-28" }) },
  expect = {
    { ref = "II.1/8.1", period = "2025-02-10", due = "2025-03-31", state = "done" },
    { ref = "II.1/8.1", period = "2025-06-02", due = "2025-06-28", act_by = "2025-06-27", state = "overdue" },
    { ref = "PL01/5", period = "2025-02-10", due = "2025-03-31", state = "overdue" },
  } }

test "báo cáo Bộ Công an: từng kỳ chờ ngày riêng" { at = "2025-03-03", unit = "soctrang/PV01",
  given = { occurred("bca-report-q1", "2025-03-03", { due = "2025-03-20" }) },
  expect = {
    { ref = "PL01/3", part = "q1", period = "2025", due = "2025-03-20", state = "open" },
    { ref = "PL01/3", part = "year", period = "2025", due = false, state = "waiting" },
  } }

test "yêu cầu của Bộ Công an" { at = "2025-03-03", unit = "soctrang/PV01",
  given = { occurred("bca-request-impact", "2025-03-03", { due = "2025-03-20" }) },
  expect = { { ref = "PL02/1", period = "2025-03-03", due = "2025-03-20", state = "open" } } }

test "việc thường xuyên không có ngày" { at = "2025-03-03", unit = "soctrang/PV01",
  expect = { { ref = "II.1/4", period = "2025", due = false, state = "standing" } } }

test "không nêu thời hạn thì không có ngày" { at = "2025-03-03", unit = "soctrang/PH10",
  expect = { { ref = "III.2/funds", period = "2025", due = false } } }

test "tỷ lệ 100%: thiếu một hồ sơ là không đạt" { at = "2026-01-10", unit = "soctrang/PC06",
  given = { figure("end_to_end.dossiers", "2025", 199), figure("dossiers.received", "2025", 200) },
  expect = { { kpi = "PL01/4#online", period = "2025", value = 99.5, state = "missed" } } }

test "tỷ lệ tối thiểu 80%" { at = "2026-01-10", unit = "soctrang/PC08",
  given = { figure("dossiers.e_transferred", "2025", 80), figure("dossiers.transferred", "2025", 100) },
  expect = { { kpi = "PL02/12#e-transfer", period = "2025", value = 80, state = "met" } } }

test "không có phản ánh chậm" { at = "2025-04-10", unit = "soctrang/PC06",
  given = { figure("feedback.late", "2025-Q1", 0) },
  expect = { { kpi = "II.1/7.2#late", period = "2025-Q1", value = 0, state = "met" } } }

test "rà soát xong trong Quý I" { at = "2025-04-10", unit = "soctrang/PC07",
  given = { figure("identity_papers.procedures", "2025-Q1", 12), figure("identity_papers.reviewed", "2025-Q1", 12) },
  expect = { { kpi = "II.1/6#reviewed", period = "2025-Q1", value = 100, state = "met" } } }

test "số mô hình điểm" { at = "2026-01-10", unit = "soctrang/PC06",
  given = { figure("pilot_models.applied", "2025", 30) },
  expect = { { kpi = "PL01/9.4#models", period = "2025", value = 30, state = "missed" } } }

test "cả tỉnh: chưa đủ báo cáo thì chưa có kết quả" { at = "2026-01-10", unit = "soctrang/PC06",
  expect = { { kpi = "I.1#online", period = "2025", state = "no_data" } } }

test "tiếp nhận đúng quy trình, cập nhật cơ sở dữ liệu: xem từng quý" { at = "2025-04-10", unit = "soctrang/PA08",
  given = {
    figure("dossiers.received", "2025-Q1", 500), figure("dossiers.by_process", "2025-Q1", 500),
    figure("intake.in_national_database", "2025-Q1", 498) },
  expect = {
    { kpi = "PL02/13#by-rule", period = "2025-Q1", value = 100, state = "met" },
    { kpi = "PL02/13#national-database", period = "2025-Q1", value = 99.6, state = "missed" },
  } }

test "số hóa, ký số, lưu trữ: trên hồ sơ giải quyết thành công" { at = "2026-01-10", unit = "soctrang/PC07",
  given = {
    figure("dossiers.resolved", "2025", 320), figure("dossiers.successful", "2025", 300), figure("archive.signed", "2025", 300) },
  expect = { { kpi = "PL02/12#digitized", period = "2025", value = 100, state = "met" } } }
