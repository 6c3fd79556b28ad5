package dev.yumen.privacy.evaluation;

import java.util.List;

/** Texts with slots for values. A slot ending in {@code !} keeps its value as it is. */
final class Templates {
  /**
   * One text.
   *
   * @param kind language and kind of text
   * @param text the text; {@code «type»} stands for a value, {@code «negative»} for a number that
   *     is no personal data
   */
  record Template(String kind, String text) {}

  static final List<Template> ALL =
      """
      zh-chat|你好，我的身份证号是«cn-resident-id»，麻烦帮我查一下社保。
      zh-chat|帮我看看«cn-resident-id»这个人是哪里的
      zh-chat|我换号了，新手机号«cn-mobile»，加我就行
      zh-chat|有事打«cn-mobile»
      zh-chat|把钱转到这张卡上：«payment-card»，建行的
      zh-chat|发票抬头税号«cn-organisation-code»，邮箱«email»
      zh-chat|微信号：«wechat-id!»，QQ：«qq-number!»，随便加
      zh-chat|我的车牌是«cn-license-plate»，停在B2
      zh-form|姓名：«person-name!»$身份证号：«cn-resident-id»$联系电话：«cn-mobile»$住址：«address!»$邮编：«postal-code!»
      zh-form|患者«cn-resident-id»，病历号：«medical-record-number!»，出生日期：«date-of-birth!»，联系人电话«cn-mobile»
      zh-form|护照号码：«passport!»；港澳通行证号：«cn-travel-permit!»；座机：«cn-landline»
      zh-contract|甲方统一社会信用代码为«cn-organisation-code»，开户行账户见附件，联系人邮箱：«email»。
      zh-contract|乙方（«cn-organisation-code»）应于收到款项后五个工作日内发货，收货地址：«address!»。
      zh-contract|该车辆车架号为«vin»，号牌号码«cn-license-plate»，由乙方承担保险费用。
      zh-medical|现病史：患者3天前受凉后发热，T 38.5℃，WBC 12.3。医保登记身份证«cn-resident-id»，家属电话：«cn-mobile»。
      zh-csv|姓名,身份证号,手机号,订单号$«person-name!»,«cn-resident-id»,«cn-mobile»,«negative»$«person-name!»,«cn-resident-id»,«cn-mobile»,«negative»
      zh-csv|序号|手机号码|银行卡号$1|«cn-mobile»|«payment-card»$2|«cn-mobile»|«payment-card»
      zh-mixed|user登录ip是«ip-address»，token: «jwt»，请check一下why 401
      zh-mixed|请把report发到«email»，cc我的leader，phone «cn-mobile»
      zh-mixed|这个card «payment-card» 扣款失败，order id «negative»，帮忙retry
      zh-log|2026-03-01 12:30:05.123 [http-8080-12] INFO 用户«cn-mobile»登录成功 ip=«ip-address» traceId=«negative»
      zh-geo|打卡位置坐标：«coordinates»，设备imei «imei»
      zh-cloud|阿里云配置 accessKeyId: «api-key» 请勿外传
      zh-cloud|密码：«password!»，不要告诉别人。
      en-chat|My card number is «payment-card», can you check why it was declined?
      en-chat|Charge it to «payment-card» please.
      en-chat|Please transfer the deposit to «iban» by Friday.
      en-chat|You can call me at «phone-number!» or write to «email».
      en-form|Name: «person-name!»$SSN: «us-ssn»$Address: «address!»$Phone: «phone-number!»
      en-email|Dear team,$our IBAN is «iban» and the contact is «email».$Best regards
      en-csv|email,iban,order_id$ «email»,«iban»,«negative»
      en-json|{"id": «negative», "email": "«email»", "card": "«payment-card»", "ip": "«ip-address»"}
      en-json|{"tool_result": {"status": 200, "body": {"idCard": "«cn-resident-id»", "creditCode": "«cn-organisation-code»"}}}
      en-code|const client = new Client({ apiKey: "«api-key»" });
      en-code|String token = "«jwt»"; // expires soon
      en-code|export API_SECRET=«secret-value!»
      en-code|spring.datasource.url=jdbc:mysql://app:«connection-password!»@db.example.com:3306/main
      en-code|curl -H "Authorization: Bearer «jwt»" https://api.example.com/v1/me
      en-code|key = '''«private-key»'''
      en-log|sshd[812]: reading key$ «private-key»
      en-log|Mar  1 12:30:05 gw dhcpd: lease for «mac-address» from «ip-address»
      en-hk|HKID «hk-id» belongs to the applicant; Taiwan ID «taiwan-id».
      en-vehicle|The VIN «vin» was recalled in 2019.
      """
          .lines()
          .map(Templates::template)
          .toList();

  private Templates() {}

  private static Template template(String line) {
    int bar = line.indexOf('|');
    return new Template(line.substring(0, bar), line.substring(bar + 1).replace("$", "\n"));
  }
}
