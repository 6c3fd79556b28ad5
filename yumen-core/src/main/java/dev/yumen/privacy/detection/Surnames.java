package dev.yumen.privacy.detection;

import java.util.Set;

/**
 * Chinese family names: those of nearly everybody (Ministry of Public Security), and the double
 * ones.
 */
final class Surnames {
  private static final String SINGLE =
      "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方"
          + "邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常汤康易乔赖文樊兰殷施洪翟安颜倪牛温芦季俞章鲁葛伍申尤毕聂柴焦"
          + "岳齐梅庄辛管祝左涂谷祁舒耿牟卜路詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强丛房饶缪车"
          + "冉窦宗佟官蒲时瞿邢滕边卓刁骆应冼商元卞仇商全原仲计明池艾诸尚冷晏练晋佘米贝娄臧麦干束幸上谌区敖连荆苑";

  private static final Set<String> DOUBLE =
      Set.of(
          "欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "夏侯", "端木", "轩辕", "独孤",
          "南宫", "宇文", "长孙", "司空", "百里", "呼延", "闻人", "西门", "淳于");

  private static final String TRADITIONAL =
      "張劉陳楊黃趙吳孫馬鄭謝許韓鄧馮蕭葉呂盧鐘譚陸範賈鄒龍賀顧龔萬錢嚴湯喬賴蘭顏倪溫蘆魯葛畢聶齊莊關淩費紀歐項陽衛鮑單寧饒車竇應";

  private static final boolean[] FIRST = new boolean[1 << 16];

  static {
    for (int at = 0; at < (SINGLE + TRADITIONAL).length(); at++) {
      char c = (SINGLE + TRADITIONAL).charAt(at);
      FIRST[c] = true;
    }
  }

  private Surnames() {}

  /** How many characters the family name at the start takes: 0 when there is none. */
  static int length(char first, char second) {
    if (DOUBLE.contains("" + first + second)) {
      return 2;
    }
    return FIRST[first] ? 1 : 0;
  }
}
