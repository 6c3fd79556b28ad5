package dev.yumen.privacy.detection;

/**
 * The words that name a type near a value, in Chinese and English, as the scanner reads them. A
 * word with blanks stands for its spellings with blank, underscore, hyphen and none, so that {@code
 * phone number} is found in {@code phoneNumber} and {@code phone_number} too.
 */
final class ContextWords {
  /** One line per type: its id, a colon, and the words, separated by commas. */
  static final String CUES =
      """
      person-name: 姓名, 名字, 联系人, 收件人, 收货人, 寄件人, 患者, 病人, 客户, 申请人, 法定代表人, 法人, 户主, 持卡人, 经办人, 负责人, 投保人, 被保险人, 受益人, 监护人, 学生, 员工, 乘客, 旅客, 入住人, 就诊人, 当事人, 原告, 被告, 甲方, 乙方, 户名, 开户名, 签字人, 真实姓名, 紧急联系人, 用户姓名, 家长, 考生, 应聘者, 候选人, 车主, 驾驶人, 业主, 租客, 房东, name, full name, first name, last name, surname, given name, patient name, customer name, cardholder, card holder, contact name, contact person, recipient, employee name, account holder, passenger, beneficiary, patient, applicant, real name, customer, cardholder name, guardian, student name, user name
      date-of-birth: 出生日期, 出生年月, 出生年月日, 生日, 出生于, 生于, date of birth, dob, birth date, birthday, born on, born, birth day
      minor-age: 年龄, 年纪, 岁数, 岁, 周岁, age, aged, years old, year old
      cn-resident-id: 身份证, 身份证号, 身份证号码, 公民身份号码, 居民身份证, 证件号, 证件号码, 身份号码, 身份證, 二代证, 居住证, id card, identity card, id number, citizen id, idcard no, resident id, identity number, national id, id no, cert no, sfz, sfzh
      passport: 护照, 护照号, 护照号码, 證照, 護照, 证件号, 证件号码, passport, passport no, passport number
      cn-travel-permit: 港澳通行证, 往来港澳, 往来台湾, 台湾通行证, 回乡证, 台胞证, 港澳居民来往内地通行证, 台湾居民来往大陆通行证, 通行证, 通行证号, 通行证号码, 來往內地通行證, travel permit, home return permit, mainland travel permit, taiwan compatriot permit, entry permit
      cn-military-id: 字第, 军官证, 士兵证, 军人证, 文职干部证, 警官证, military id, officer id
      cn-social-security-number: 社保号, 社保卡号, 社会保障号, 社会保障号码, 社会保障卡, 社保编号, 社保账号, 公积金账号, social insurance number
      hk-id: 香港身份证, 香港居民身份证, 香港身份證, hkid, hong kong id, hk id, hong kong identity card, 身份证, 身份證, 证件号
      macau-id: 澳门身份证, 澳门居民身份证, 澳門身份證, macau id, macao id, bir, 身份证, 身份證
      taiwan-id: 台湾身份证, 國民身分證, 身分證, 身分證字號, 身分证, taiwan id, roc id, 统一编号, 身份证, 身份證
      driver-license: 驾驶证, 驾照, 驾驶证号, 驾照号, 行驶证, 驾驶证档案编号, driver license, driving license, drivers license, driver licence, driving licence, license number, licence number, driver's license, driver's licence, dl number, dl no
      us-ssn: ssn, social security, social security number, social sec, 社会安全号, 社安号
      us-itin: itin, taxpayer identification number, individual taxpayer, tax id
      uk-nhs-number: nhs, nhs number, nhs no
      uk-nino: nino, national insurance, national insurance number, ni number
      de-tax-id: steuer id, steueridentifikationsnummer, steuerliche identifikationsnummer, steuernummer, idnr, tin, tax id, german tax id
      fr-nir: nir, sécurité sociale, securite sociale, numéro de sécurité sociale, insee, carte vitale
      it-fiscal-code: codice fiscale, fiscal code, cf
      es-nif: dni, nie, nif, documento nacional
      nl-bsn: bsn, burgerservicenummer, sofinummer, citizen service number
      pl-pesel: pesel
      se-personal-number: personnummer, personal identity number, samordningsnummer, swedish personal number
      in-aadhaar: aadhaar, aadhar, uidai, आधार
      ca-sin: sin, social insurance, social insurance number, numéro d'assurance sociale
      kr-rrn: 주민등록번호, 주민번호, rrn, resident registration number
      sg-nric: nric, fin number, singapore id
      br-cpf: cpf, cadastro de pessoas
      jp-my-number: マイナンバー, 個人番号, my number
      cn-mobile: 手机, 手机号, 手机号码, 电话, 电话号码, 联系电话, 联系方式, 移动电话, 手機, 電話, 致电, 拨打, 来电, 短信, 微信同号, 号码, 联系人电话, 紧急联系人, 物联网卡, 物联网号, mobile, phone, cell, cell phone, telephone, tel, call, mobile number, phone number, contact, msisdn, sms, whatsapp, phone no, mobile no
      cn-landline: 电话, 座机, 固话, 固定电话, 办公电话, 传真, 热线, 电话号码, 联系电话, 联系方式, 总机, 分机, 電話, 傳真, 拨打, 致电, telephone, tel, phone, fax, landline, hotline, phone number, office phone, call
      phone-number: 电话, 手机, 手机号, 电话号码, 联系电话, 联系方式, 電話, 拨打, 致电, 传真, phone, tel, telephone, mobile, cell, call, fax, whatsapp, phone number, contact number, mobile number, cell phone, dial, text me, reach me, call me, contact, hotline, toll free, office, answering, direct line, hotline, telefon, téléphone, handy, telefono, teléfono
      email: 邮箱, 电子邮箱, 邮件, 电邮, 信箱, email, e-mail, mail, mailbox
      wechat-id: 微信, 微信号, 微信账号, 微信id, 加微, 薇信, 威信, wechat, wechat id, weixin, wx号, vx, wxid, wechat account
      qq-number: qq, qq号, qq号码, 扣扣, 企鹅号, qq账号, qq number
      address: 地址, 住址, 家庭住址, 收货地址, 收件地址, 联系地址, 居住地址, 户籍地址, 户籍所在地, 通讯地址, 注册地址, 办公地址, 现住址, 住所, 寄往, 邮寄地址, 详细地址, 送货地址, 发货地址, 籍贯, address, home address, street address, mailing address, shipping address, billing address, residential address, delivery address, addr, lives at, residing at, located at
      postal-code: 邮编, 邮政编码, 郵遞區號, postcode, postal code, zip, zip code, plz
      payment-card: 银行卡, 银行卡号, 信用卡, 信用卡号, 借记卡, 储蓄卡, 卡号, 银联, 工行卡, 建行卡, 农行卡, 招行卡, 收款账号, 账号, 账户, 銀行卡, card number, credit card, debit card, bank card, card no, visa, mastercard, amex, american express, unionpay, cc number, cc, cvv, pan, payment card, card, discover, jcb, diners
      bank-account: 账号, 账户, 银行账号, 银行账户, 对公账户, 对公账号, 收款账号, 收款账户, 帐号, 帐户, 开户账号, 付款账号, 卡号, bank account, account number, account no, acct no, bank account number, acct, a/c no, routing number
      iban: iban, 国际银行账号, 国际银行账户
      crypto-address: 钱包地址, 钱包, 比特币, 以太坊, 收币地址, wallet, wallet address, btc, eth, bitcoin, ethereum, usdt, litecoin, crypto
      medical-record-number: 病历号, 病案号, 住院号, 门诊号, 就诊号, 就诊卡号, 病历编号, 检查号, 病人编号, 患者编号, 登记号, 影像号, medical record number, medical record, mrn, patient id, patient number, admission number, patient no
      health-insurance-number: 医保卡号, 医保号, 医保卡, 医疗保险号, 医保编号, 医保账号, 医保电脑号, health insurance number, health insurance, insurance id, insurance number, member id, policy number, medicare number, medicaid id, insurance policy, health plan id
      cn-license-plate: 车牌, 车牌号, 车牌号码, 号牌, 牌照, 車牌, 车号, license plate, plate number, plate, number plate
      vin: 车架号, 车辆识别代号, 车辆识别码, 车辆识别代码, 大架号, vin, vehicle identification number, chassis number, chassis
      imei: imei, 设备识别码, 串号, 手机串号, imei号
      ip-address: ip, ip地址, ip address, 登录ip, 客户端ip, client ip, remote addr, remote ip, source ip, user ip, x-forwarded-for, login ip
      mac-address: mac, mac地址, mac address, 物理地址, 硬件地址, hwaddr, ether, bssid
      coordinates: 经纬度, 坐标, 经度, 纬度, 定位, gps, latitude, longitude, lat, lng, lon, coordinates, coordinate, location, geo, geo location
      cn-organisation-code: 统一社会信用代码, 社会信用代码, 信用代码, 纳税人识别号, 税号, 营业执照, 营业执照号, 组织机构代码, uscc, unified social credit code, credit code, tax number, taxpayer id
      password: password, passwd, pwd, passphrase, 密码, 口令, 登录密码, 支付密码, 密碼, passcode, pass, 暗号
      authorization: authorization, proxy authorization, x api key, x-api-key, x-auth-token, private-token, x-access-token, job-token, x-octopus-apikey, apikey, api-key
      secret-value: secret, secret key, api key, api token, access key, access token, access key secret, auth token, authentication, token, credential, credentials, creds, client secret, app secret, private key, encryption key, signing key, signing secret, refresh token, bearer, session key, master key, app key, consumer secret, webhook secret, auth key, 密钥, 秘钥, 令牌, 私钥, 访问密钥, 授权码, 凭证, key, auth, passkey, security token, session token, license key, account key, shared access key, storage key, connection key, jwt secret, hmac key
      """;

  /** Words that say that a number is no personal data. */
  static final String COUNTERS =
      """
      订单, 订单号, 单号, 流水号, 交易号, 运单号, 快递单号, 物流单号, 发票号, 发票号码, 版本, 版本号, 型号, 批次, 批号, 序列号, 货号, 条码, 时间戳, 哈希, 金额, 价格, 单价, 总价, 合计, 余额, 股票代码, 基金代码, 证券代码, 产品编号, 合同编号, 工单, 工单号, 请求号, 编码, 商品, 商品编号, 库存, 任务号, 批次号, 流水, 交易流水, 凭证号, 票号, 数量, 行号, 错误码, 状态码, 端口, 会话,
      order, order id, order no, order number, invoice, tracking, tracking number, transaction, transaction id, txn, trace, trace id, request id, req id, version, build, commit, revision, hash, sha, sha1, sha256, md5, uuid, guid, checksum, digest, timestamp, epoch, isbn, issn, sku, part number, part no, serial, serial number, serial no, amount, price, ticket, reference, ref, ref no, bytes, offset, error code, span id, job id, batch, batch id, row id, message id, event id, created at, updated at, ts, seed, port, pid, nonce, snowflake, product id, item id, barcode, ean, upc, doi, issue, bug, patch, release
      """;

  private ContextWords() {}
}
