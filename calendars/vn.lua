api(1)

-- Lịch làm việc của cơ quan nhà nước (thứ Hai đến thứ Sáu) 2021-2027: mỗi ngày nghỉ, ngày nghỉ bù, ngày nghỉ hoán đổi và thứ Bảy
-- làm bù, kèm tên và nguồn. Ngày lễ rơi vào thứ Bảy, Chủ nhật cũng ghi để lịch nghỉ lễ đầy đủ.
--
-- Không suy ra được từ luật: Thủ tướng quyết định hằng năm 5 ngày Tết và ngày nghỉ thứ hai dịp Quốc khánh (BLLĐ 2019 điều 112(3));
-- hoán đổi ngày làm việc theo từng thông báo. Vì vậy mỗi năm khi có thông báo phải sửa tệp này.
--
-- Viết tắt: BLLĐ Bộ luật Lao động số 45/2019/QH14; CV công văn (VPCP: Văn phòng Chính phủ, BNV: Bộ Nội vụ); TB thông báo (LĐTBXH: Bộ
-- Lao động - Thương binh và Xã hội, BNV: Bộ Nội vụ); NQ nghị quyết của Quốc hội. Số hiệu các văn bản lấy qua báo chí và nguồn thứ
-- cấp, chưa đối chiếu bản gốc.

workcalendar "vn" {
  week = { 1, 2, 3, 4, 5 },

  off = {
    -- 2021: TB 4875/TB-LĐTBXH (2020): Tết 10/02 đến 16/02 (5 ngày và 2 ngày nghỉ bù); Quốc khánh 02/9, 03/9.
    ["2021-01-01"] = "Tết Dương lịch; BLLĐ 2019 điều 112(1)",
    ["2021-02-10"] = "Tết Nguyên đán (29 tháng Chạp); TB 4875/TB-LĐTBXH (2020), theo báo Hà Nội Mới, VietnamPlus",
    ["2021-02-11"] = "Tết Nguyên đán (30 tháng Chạp); TB 4875/TB-LĐTBXH (2020), theo báo Hà Nội Mới, VietnamPlus",
    ["2021-02-12"] = "Tết Nguyên đán (mùng 1); TB 4875/TB-LĐTBXH (2020), theo báo Hà Nội Mới, VietnamPlus",
    ["2021-02-13"] = "Tết Nguyên đán (mùng 2); TB 4875/TB-LĐTBXH (2020), theo báo Hà Nội Mới, VietnamPlus",
    ["2021-02-14"] = "Tết Nguyên đán (mùng 3); TB 4875/TB-LĐTBXH (2020), theo báo Hà Nội Mới, VietnamPlus",
    ["2021-02-15"] = "Nghỉ bù Tết Nguyên đán (thay 13/02); BLLĐ 2019 điều 111(3); TB 4875/TB-LĐTBXH (2020), theo báo Hà Nội Mới, VietnamPlus",
    ["2021-02-16"] = "Nghỉ bù Tết Nguyên đán (thay 14/02); BLLĐ 2019 điều 111(3); TB 4875/TB-LĐTBXH (2020), theo báo Hà Nội Mới, VietnamPlus",
    ["2021-04-21"] = "Giỗ Tổ Hùng Vương (10/3 âm lịch); BLLĐ 2019 điều 112(1); tính theo âm lịch",
    ["2021-04-30"] = "Ngày Chiến thắng; BLLĐ 2019 điều 112(1)",
    ["2021-05-01"] = "Ngày Quốc tế Lao động; BLLĐ 2019 điều 112(1)",
    ["2021-05-03"] = "Nghỉ bù Ngày Quốc tế Lao động (thay 01/05); BLLĐ 2019 điều 111(3)",
    ["2021-09-02"] = "Quốc khánh; BLLĐ 2019 điều 112(1)",
    ["2021-09-03"] = "Quốc khánh (ngày liền kề); TB 4875/TB-LĐTBXH (2020), theo báo Hà Nội Mới, VietnamPlus",

    -- 2022: CV 245/VPCP-KGVX ngày 11/01/2022, TB 119/TB-LĐTBXH (2022): Tết 31/01 đến 04/02; Quốc khánh 01/9, 02/9.
    ["2022-01-01"] = "Tết Dương lịch; BLLĐ 2019 điều 112(1)",
    ["2022-01-03"] = "Nghỉ bù Tết Dương lịch (thay 01/01); BLLĐ 2019 điều 111(3)",
    ["2022-01-31"] = "Tết Nguyên đán (29 tháng Chạp); CV 245/VPCP-KGVX 11/01/2022; TB 119/TB-LĐTBXH (2022)",
    ["2022-02-01"] = "Tết Nguyên đán (mùng 1); CV 245/VPCP-KGVX 11/01/2022; TB 119/TB-LĐTBXH (2022)",
    ["2022-02-02"] = "Tết Nguyên đán (mùng 2); CV 245/VPCP-KGVX 11/01/2022; TB 119/TB-LĐTBXH (2022)",
    ["2022-02-03"] = "Tết Nguyên đán (mùng 3); CV 245/VPCP-KGVX 11/01/2022; TB 119/TB-LĐTBXH (2022)",
    ["2022-02-04"] = "Tết Nguyên đán (mùng 4); CV 245/VPCP-KGVX 11/01/2022; TB 119/TB-LĐTBXH (2022)",
    ["2022-04-10"] = "Giỗ Tổ Hùng Vương (10/3 âm lịch); BLLĐ 2019 điều 112(1); tính theo âm lịch",
    ["2022-04-11"] = "Nghỉ bù Giỗ Tổ Hùng Vương (thay 10/04); BLLĐ 2019 điều 111(3)",
    ["2022-04-30"] = "Ngày Chiến thắng; BLLĐ 2019 điều 112(1)",
    ["2022-05-01"] = "Ngày Quốc tế Lao động; BLLĐ 2019 điều 112(1)",
    ["2022-05-02"] = "Nghỉ bù Ngày Chiến thắng (thay 30/04); BLLĐ 2019 điều 111(3)",
    ["2022-05-03"] = "Nghỉ bù Ngày Quốc tế Lao động (thay 01/05); BLLĐ 2019 điều 111(3)",
    ["2022-09-01"] = "Quốc khánh (ngày liền kề); CV 245/VPCP-KGVX 11/01/2022; TB 119/TB-LĐTBXH (2022)",
    ["2022-09-02"] = "Quốc khánh; BLLĐ 2019 điều 112(1)",

    -- 2023: CV 8056/VPCP-KGVX ngày 01/12/2022, TB 5034/TB-LĐTBXH (2022): Tết 20/01 đến 26/01; Quốc khánh 01/9 đến 04/9.
    ["2023-01-01"] = "Tết Dương lịch; BLLĐ 2019 điều 112(1)",
    ["2023-01-02"] = "Nghỉ bù Tết Dương lịch (thay 01/01); BLLĐ 2019 điều 111(3)",
    ["2023-01-20"] = "Tết Nguyên đán (29 tháng Chạp); CV 8056/VPCP-KGVX 01/12/2022; TB 5034/TB-LĐTBXH (2022)",
    ["2023-01-21"] = "Tết Nguyên đán (30 tháng Chạp); CV 8056/VPCP-KGVX 01/12/2022; TB 5034/TB-LĐTBXH (2022)",
    ["2023-01-22"] = "Tết Nguyên đán (mùng 1); CV 8056/VPCP-KGVX 01/12/2022; TB 5034/TB-LĐTBXH (2022)",
    ["2023-01-23"] = "Tết Nguyên đán (mùng 2); CV 8056/VPCP-KGVX 01/12/2022; TB 5034/TB-LĐTBXH (2022)",
    ["2023-01-24"] = "Tết Nguyên đán (mùng 3); CV 8056/VPCP-KGVX 01/12/2022; TB 5034/TB-LĐTBXH (2022)",
    ["2023-01-25"] = "Nghỉ bù Tết Nguyên đán (thay 21/01); BLLĐ 2019 điều 111(3); CV 8056/VPCP-KGVX 01/12/2022; TB 5034/TB-LĐTBXH (2022)",
    ["2023-01-26"] = "Nghỉ bù Tết Nguyên đán (thay 22/01); BLLĐ 2019 điều 111(3); CV 8056/VPCP-KGVX 01/12/2022; TB 5034/TB-LĐTBXH (2022)",
    ["2023-04-29"] = "Giỗ Tổ Hùng Vương (10/3 âm lịch); BLLĐ 2019 điều 112(1); tính theo âm lịch",
    ["2023-04-30"] = "Ngày Chiến thắng; BLLĐ 2019 điều 112(1)",
    ["2023-05-01"] = "Ngày Quốc tế Lao động; BLLĐ 2019 điều 112(1)",
    ["2023-05-02"] = "Nghỉ bù Giỗ Tổ Hùng Vương (thay 29/04); BLLĐ 2019 điều 111(3)",
    ["2023-05-03"] = "Nghỉ bù Ngày Chiến thắng (thay 30/04); BLLĐ 2019 điều 111(3)",
    ["2023-09-01"] = "Quốc khánh (ngày liền kề); CV 8056/VPCP-KGVX 01/12/2022; TB 5034/TB-LĐTBXH (2022)",
    ["2023-09-02"] = "Quốc khánh; BLLĐ 2019 điều 112(1)",
    ["2023-09-04"] = "Nghỉ bù Quốc khánh (thay 02/09); BLLĐ 2019 điều 111(3); CV 8056/VPCP-KGVX 01/12/2022; TB 5034/TB-LĐTBXH (2022)",

    -- 2024: CV 8662/VPCP-KGVX ngày 03/11/2023, TB 5015/TB-LĐTBXH (2023): Tết 08/02 đến 14/02; Quốc khánh 02/9, 03/9.
    -- Hoán đổi 29/4 với thứ Bảy 04/5: CV 2450/VPCP-KGVX ngày 12/4/2024, TB 1570/TB-LĐTBXH.
    ["2024-01-01"] = "Tết Dương lịch; BLLĐ 2019 điều 112(1)",
    ["2024-02-08"] = "Tết Nguyên đán (29 tháng Chạp); CV 8662/VPCP-KGVX 03/11/2023; TB 5015/TB-LĐTBXH (2023)",
    ["2024-02-09"] = "Tết Nguyên đán (30 tháng Chạp); CV 8662/VPCP-KGVX 03/11/2023; TB 5015/TB-LĐTBXH (2023)",
    ["2024-02-10"] = "Tết Nguyên đán (mùng 1); CV 8662/VPCP-KGVX 03/11/2023; TB 5015/TB-LĐTBXH (2023)",
    ["2024-02-11"] = "Tết Nguyên đán (mùng 2); CV 8662/VPCP-KGVX 03/11/2023; TB 5015/TB-LĐTBXH (2023)",
    ["2024-02-12"] = "Tết Nguyên đán (mùng 3); CV 8662/VPCP-KGVX 03/11/2023; TB 5015/TB-LĐTBXH (2023)",
    ["2024-02-13"] = "Nghỉ bù Tết Nguyên đán (thay 10/02); BLLĐ 2019 điều 111(3); CV 8662/VPCP-KGVX 03/11/2023; TB 5015/TB-LĐTBXH (2023)",
    ["2024-02-14"] = "Nghỉ bù Tết Nguyên đán (thay 11/02); BLLĐ 2019 điều 111(3); CV 8662/VPCP-KGVX 03/11/2023; TB 5015/TB-LĐTBXH (2023)",
    ["2024-04-18"] = "Giỗ Tổ Hùng Vương (10/3 âm lịch); BLLĐ 2019 điều 112(1); tính theo âm lịch",
    ["2024-04-29"] = "Nghỉ hoán đổi dịp 30/4-1/5; làm bù 04/05/2024; CV 2450/VPCP-KGVX 12/4/2024; TB 1570/TB-LĐTBXH (2024)",
    ["2024-04-30"] = "Ngày Chiến thắng; BLLĐ 2019 điều 112(1)",
    ["2024-05-01"] = "Ngày Quốc tế Lao động; BLLĐ 2019 điều 112(1)",
    ["2024-09-02"] = "Quốc khánh; BLLĐ 2019 điều 112(1)",
    ["2024-09-03"] = "Quốc khánh (ngày liền kề); CV 8662/VPCP-KGVX 03/11/2023; TB 5015/TB-LĐTBXH (2023)",

    -- 2025: CV 8726/VPCP-KGVX ngày 26/11/2024, TB 6150/TB-BLĐTBXH ngày 03/12/2024: Tết 27/01 đến 31/01; hoán đổi 02/5 với
    -- thứ Bảy 26/4; Quốc khánh 01/9, 02/9.
    ["2025-01-01"] = "Tết Dương lịch; BLLĐ 2019 điều 112(1)",
    ["2025-01-27"] = "Tết Nguyên đán (28 tháng Chạp); CV 8726/VPCP-KGVX 26/11/2024; TB 6150/TB-BLĐTBXH 03/12/2024",
    ["2025-01-28"] = "Tết Nguyên đán (29 tháng Chạp); CV 8726/VPCP-KGVX 26/11/2024; TB 6150/TB-BLĐTBXH 03/12/2024",
    ["2025-01-29"] = "Tết Nguyên đán (mùng 1); CV 8726/VPCP-KGVX 26/11/2024; TB 6150/TB-BLĐTBXH 03/12/2024",
    ["2025-01-30"] = "Tết Nguyên đán (mùng 2); CV 8726/VPCP-KGVX 26/11/2024; TB 6150/TB-BLĐTBXH 03/12/2024",
    ["2025-01-31"] = "Tết Nguyên đán (mùng 3); CV 8726/VPCP-KGVX 26/11/2024; TB 6150/TB-BLĐTBXH 03/12/2024",
    ["2025-04-07"] = "Giỗ Tổ Hùng Vương (10/3 âm lịch); BLLĐ 2019 điều 112(1); tính theo âm lịch",
    ["2025-04-30"] = "Ngày Chiến thắng; BLLĐ 2019 điều 112(1)",
    ["2025-05-01"] = "Ngày Quốc tế Lao động; BLLĐ 2019 điều 112(1)",
    ["2025-05-02"] = "Nghỉ hoán đổi dịp 30/4-1/5; làm bù 26/04/2025; CV 8726/VPCP-KGVX 26/11/2024; TB 6150/TB-BLĐTBXH 03/12/2024",
    ["2025-09-01"] = "Quốc khánh (ngày liền kề); CV 8726/VPCP-KGVX 26/11/2024; TB 6150/TB-BLĐTBXH 03/12/2024",
    ["2025-09-02"] = "Quốc khánh; BLLĐ 2019 điều 112(1)",

    -- 2026: CV 9859/VPCP-KGVX (tháng 10/2025), TB 9441/TB-BNV ngày 16/10/2025: Tết 16/02 đến 20/02; hoán đổi 31/8 với thứ Bảy
    -- 22/8; Quốc khánh 01/9, 02/9. Hoán đổi 02/01 với thứ Bảy 10/01: CV 12729/VPCP-KGVX ngày 25/12/2025. Không hoán đổi dịp 30/4:
    -- CV 3383/BNV-CVL. Ngày 24/11 nghỉ từ năm 2026: NQ 28/2026/QH16 điều 2.
    -- CẦN NGƯỜI KIỂM TRA: thứ Hai 23/11/2026. Đã có đề xuất hoán đổi ngày này với một thứ Bảy, đến 26/9/2026 chưa có quyết định;
    -- ở đây 23/11 là ngày làm việc. Nếu được hoán đổi: thêm 23/11 vào off và ngày thứ Bảy làm bù vào work.
    ["2026-01-01"] = "Tết Dương lịch; BLLĐ 2019 điều 112(1)",
    ["2026-01-02"] = "Nghỉ hoán đổi Tết Dương lịch; làm bù 10/01/2026; CV 12729/VPCP-KGVX 25/12/2025",
    ["2026-02-16"] = "Tết Nguyên đán (29 tháng Chạp); CV 9859/VPCP-KGVX (10/2025); TB 9441/TB-BNV 16/10/2025",
    ["2026-02-17"] = "Tết Nguyên đán (mùng 1); CV 9859/VPCP-KGVX (10/2025); TB 9441/TB-BNV 16/10/2025",
    ["2026-02-18"] = "Tết Nguyên đán (mùng 2); CV 9859/VPCP-KGVX (10/2025); TB 9441/TB-BNV 16/10/2025",
    ["2026-02-19"] = "Tết Nguyên đán (mùng 3); CV 9859/VPCP-KGVX (10/2025); TB 9441/TB-BNV 16/10/2025",
    ["2026-02-20"] = "Tết Nguyên đán (mùng 4); CV 9859/VPCP-KGVX (10/2025); TB 9441/TB-BNV 16/10/2025",
    ["2026-04-26"] = "Giỗ Tổ Hùng Vương (10/3 âm lịch); BLLĐ 2019 điều 112(1); tính theo âm lịch",
    ["2026-04-27"] = "Nghỉ bù Giỗ Tổ Hùng Vương (thay 26/04); BLLĐ 2019 điều 111(3)",
    ["2026-04-30"] = "Ngày Chiến thắng; BLLĐ 2019 điều 112(1)",
    ["2026-05-01"] = "Ngày Quốc tế Lao động; BLLĐ 2019 điều 112(1)",
    ["2026-08-31"] = "Nghỉ hoán đổi Quốc khánh; làm bù 22/08/2026; CV 9859/VPCP-KGVX (10/2025); TB 9441/TB-BNV 16/10/2025",
    ["2026-09-01"] = "Quốc khánh (ngày liền kề); CV 9859/VPCP-KGVX (10/2025); TB 9441/TB-BNV 16/10/2025",
    ["2026-09-02"] = "Quốc khánh; BLLĐ 2019 điều 112(1)",
    ["2026-11-24"] = "Ngày Văn hóa Việt Nam; NQ 28/2026/QH16 điều 2, theo Báo Điện tử Chính phủ 24/4/2026",

    -- 2027: Chưa có thông báo nào (cả năm là provisional). Tết dự kiến: 2 ngày trước, 3 ngày từ mùng 1 (như năm 2024, cũng có mùng 1
    -- vào thứ Bảy) và 2 ngày nghỉ bù: 04/02 đến 10/02. Cách khác: 1 ngày trước, 4 ngày từ mùng 1, nghỉ bù đến 11/02 (05/02 đến 11/02).
    -- Ngày nghỉ thứ hai dịp Quốc khánh dự kiến 03/9 (như năm 2021, 02/9 cũng là thứ Năm).
    ["2027-01-01"] = "Tết Dương lịch; BLLĐ 2019 điều 112(1)",
    ["2027-02-04"] = "Tết Nguyên đán (28 tháng Chạp); BLLĐ 2019 điều 112(1); dự kiến theo BLLĐ 2019 và tiền lệ, chưa có thông báo",
    ["2027-02-05"] = "Tết Nguyên đán (29 tháng Chạp); BLLĐ 2019 điều 112(1); dự kiến theo BLLĐ 2019 và tiền lệ, chưa có thông báo",
    ["2027-02-06"] = "Tết Nguyên đán (mùng 1); BLLĐ 2019 điều 112(1); dự kiến theo BLLĐ 2019 và tiền lệ, chưa có thông báo",
    ["2027-02-07"] = "Tết Nguyên đán (mùng 2); BLLĐ 2019 điều 112(1); dự kiến theo BLLĐ 2019 và tiền lệ, chưa có thông báo",
    ["2027-02-08"] = "Tết Nguyên đán (mùng 3); BLLĐ 2019 điều 112(1); dự kiến theo BLLĐ 2019 và tiền lệ, chưa có thông báo",
    ["2027-02-09"] = "Nghỉ bù Tết Nguyên đán (thay 06/02); BLLĐ 2019 điều 111(3); dự kiến theo BLLĐ 2019 và tiền lệ, chưa có thông báo",
    ["2027-02-10"] = "Nghỉ bù Tết Nguyên đán (thay 07/02); BLLĐ 2019 điều 111(3); dự kiến theo BLLĐ 2019 và tiền lệ, chưa có thông báo",
    ["2027-04-16"] = "Giỗ Tổ Hùng Vương (10/3 âm lịch); BLLĐ 2019 điều 112(1); tính theo âm lịch",
    ["2027-04-30"] = "Ngày Chiến thắng; BLLĐ 2019 điều 112(1)",
    ["2027-05-01"] = "Ngày Quốc tế Lao động; BLLĐ 2019 điều 112(1)",
    ["2027-05-03"] = "Nghỉ bù Ngày Quốc tế Lao động (thay 01/05); BLLĐ 2019 điều 111(3)",
    ["2027-09-02"] = "Quốc khánh; BLLĐ 2019 điều 112(1)",
    ["2027-09-03"] = "Quốc khánh (ngày liền kề); dự kiến theo BLLĐ 2019 và tiền lệ, chưa có thông báo",
    ["2027-11-24"] = "Ngày Văn hóa Việt Nam; NQ 28/2026/QH16 điều 2, theo Báo Điện tử Chính phủ 24/4/2026",
  },

  -- Thứ Bảy làm việc.
  work = {
    -- 2024
    ["2024-05-04"] = "Làm bù hoán đổi dịp 30/4-1/5; thay ngày nghỉ 29/04/2024; CV 2450/VPCP-KGVX 12/4/2024; TB 1570/TB-LĐTBXH (2024)",

    -- 2025
    ["2025-04-26"] = "Làm bù hoán đổi dịp 30/4-1/5; thay ngày nghỉ 02/05/2025; CV 8726/VPCP-KGVX 26/11/2024; TB 6150/TB-BLĐTBXH 03/12/2024",

    -- 2026
    ["2026-01-10"] = "Làm bù hoán đổi Tết Dương lịch; thay ngày nghỉ 02/01/2026; CV 12729/VPCP-KGVX 25/12/2025",
    ["2026-08-22"] = "Làm bù hoán đổi Quốc khánh; thay ngày nghỉ 31/08/2026; CV 9859/VPCP-KGVX (10/2025); TB 9441/TB-BNV 16/10/2025",
  },

  -- Chưa có thông báo chính thức.
  provisional = { "2027" },
}
