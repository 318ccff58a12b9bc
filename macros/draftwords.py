"""What the draft check knows: patterns, word lists, characters, and what the catalogue says of laws and bodies.

One source for both: ``drafts.py`` uses it here, ``drafts.js`` gets it as ``window.faduDrafts``. The patterns keep to
what Python and ES2018 write alike (no named groups, no flags; ``[0-9]``, never ``\\d``).
"""

from __future__ import annotations

from typing import Any

from macros import scripts
from macros.catalog import Catalog
from macros.models.law import Law
from macros.models.setting import Role

_H = "\u4e00-\u9fff"
_CN = "一二三四五六七八九十百两"
_NUMBER = f"[0-9]{{1,3}}|[{_CN}]{{1,4}}"
_PIN = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüɡ"

PATTERNS = {
    # what a line is
    "chapter": f"^(?:第[{_CN}]+[章编部篇](?:分)?[ \u3000]*[^。；]{{0,40}}|#[ ].*)$",
    "section": f"^(?:第[{_CN}]+节.{{0,40}}|[{_CN}]+、[^。；：]{{1,40}}|##[ ].*)$",
    "part": f"^(?:（[{_CN}]+）[^。；：]{{1,40}}|###[ ].*)$",
    "mark": f"^(?:([{_CN}]+)、|（([{_CN}]+)）|([0-9]{{1,2}})[.．、](?![0-9])|（([0-9]{{1,2}})）|第([{_CN}]+)[，,]|([{_CN}]+)是)",
    "ending": "[。！？；：…”』》）】.!?;:>|]$",
    "inline": f"([{_CN}]+)是",
    # stated number and list
    "stated": f"({_NUMBER})(个|项|条|方面|点|类|种|大|步|件|家|名|所|处)([^，。；：、（）0-9]{{0,12}})：",
    "counted": f"(?:[，（]?(?:共计|合计|总计|共))?({_NUMBER})(个|家|项|名|件|种|类|所|处|部|份)",
    "not_counted": f"[第每各近约超余前后零〇{_CN}0-9.．—～~-]$",
    "time": "^(?:个)?(?:月|小时|工作日|自然日|年|星期|周|世纪|学期|季度|以上|以下|以内)",
    "cut": "(?:等[^、]{0,8}?(?:以及|及|和|与)|[0-9]+(?:个|家|项|名|件|处|所)[^、]{0,8}?(?:以及|及|和|与|、))",
    "organ": "(?:局|办|乡|镇|街道|村|社区|部门|单位|法|条例|规定|办法|室|科|委|会|院|所|站|中心|队|厅|部|县|区|市)$",
    # placeholders
    "placeholder": (
        "[0-9]{2,3}[xXｘＸ×](?![0-9A-Za-z])|(?:[xXｘＸ×＊✕]{2,}(?:[.．][xXｘＸ×]+)?)"
        "|[xXｘＸ×✕](?=[市区县镇乡村省局街名件条次个人项场份年月日万亿元家号等])"
        "|[_＿]{2,}|某某|此处(?:填写|补充|插入|粘贴)|待补充|TODO"
    ),
    "latin": "[A-Za-z0-9]",
    "example": "[例如]|示范文本|样式|案例|样本|模板",
    # laws and bodies
    "repealed": "废止|失效",
    "history": "原|旧|废止|失效|取代|代替|届满|到期|改为|更名|修订前|当时|曾|前身|撤销|并入|不再",
    # attachments
    "promised": f"附后|见附[件表]|附件[0-9{_CN}]?：|附表[0-9{_CN}]?：|（附件[0-9{_CN}]?）|后附|详见附",
    "attachment": f"^附[件表录][ 　]*[0-9{_CN}]*[：]?$|^附[件表录][ 　]*[0-9{_CN}]+[：、. 　][^，。；]{{0,40}}$",
    "named": "《([^《》]{2,40}(?:表|清单|名单|方案|图|目录|册))》(?:（[^（）]*附后?[^（）]*）|[，]?(?:见)?附后|[，]?附后)",
    # sections of a report
    "mixed": "(?:问题|不足|短板|困难)[^的]{0,8}(?:和|及|与|、)[^。]{0,8}(?:措施|对策|建议|打算|安排|思路|整改|下一步)",
    "achieved": "成效|现状|成绩|做法|开展情况|工作情况|完成情况|主要工作|工作总结|推进情况",
    "measures": "措施|对策|建议|打算|安排|下一步|下步|计划|思路|任务",
    "problems": "存在的?(?:主要|突出)?的?问题|(?:主要|突出)问题|问题[和与及、](?:原因|不足|困难)|不足|短板|困难",
    "no_problem": "整改|怎样发现|^（[^（）]*）$",
    "answer_column": "措施|整改|改法|对策|要求|建议",
    "problem_column": "问题|不足",
    "turn": "下一步|下步|针对(?:以上|上述|这些)|为此，",
    "weak": (
        "各乡镇|各部门|各单位|各级|部分|一些|有的|个别|我[县区乡镇市]|依法行政|法治政府|不够|不足|不强|不高|不广|不优|不到位|不完善|不健全|不平衡|不充分|不规范|"
        "完善|健全|有待|需要|还需|仍需|还没有|没有|尚未|存在|进一步|提升|加强|提高|强化|问题|工作|水平|能力|方面|情况|的|和|与|及|还|仍|在|对|以及|尚|较|亟待|持续|政府|建设|法治|行政"
    ),
    "clause": "[，。；：！？、“”（）《》 \u3000]+",
    "unit": f"(?:^|[。；：])(?:[{_CN}]是|（[{_CN}]+）|第[{_CN}]，|[0-9]{{1,2}}[.、])",
    # spliced
    "doubled": "[，、；：][，。；、：]|[。！？][，、；：]|。。(?!。)|，，",
    "no_start": "^[，。；、：）》”！？]",
    "splice": (
        f"(?:养成|形成|建立|树立|增强|构建|营造|推动|打造|实现|巩固)(?:没有|未能|尚未|还没)[{_H}]"
        f"|的(?:没有|未能|尚未|还没有)[^，。；：、]{{1,8}}[的地得]进行|进行(?:在(?!线|册|建|岗|职|校|编)|把|将|被|从而|以便)"
        f"|(?:没有|未能|尚未)[^，。；：、]{{1,8}}的进行[{_H}]|(?:[^目标]的的|了了|和和|是是|在在|对对|与与)(?!确|解|士)"
    ),
    "merged": f"。[ ]?[0-9]{{1,2}}[、.．](?![0-9])[{_H}]|。（[{_CN}]+）[{_H}]{{2,}}",
    # garbled
    "pinyin": f"[{_H}A-Za-z]?[(（][a-zɡ{_PIN}]{{0,6}}[{_PIN}][a-zɡ{_PIN}]{{0,6}}[)）]|[{_H}][(（](?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])[a-zü]{{1,5}}[)）](?=[{_H}])",
    "mojibake": "\ufffd|锟斤拷|烫烫烫|屯屯屯|[\ue000-\uf8ff]|Ã[\u0080-\u00bf]|â€|ï¼|[\u3105-\u312f]|[\u0400-\u04ff]|[\uac00-\ud7af]|[\uff66-\uff9f]|[\u3040-\u30fa]"
                f"|[{_H}][\u2500-\u257f]+[{_H}]|[{_H}][\u0370-\u03ff](?=[{_H}，。；、])",
    "alone": f"[，。；][A-WYZ][{_H}]",
    # figures
    "figure": "([0-9]+(?:[.][0-9]+)?)(万元|亿元|元|件|个|人次|人|次|名|项|起|家|条|份|场|户|宗|批|处)",
    "change": "增加|增长|减少|下降|同比|上升|较上年|比上年|挽回|平均|每|已|均|办结|结案|全部|采纳|提出|现|占|约|余|多",
    "rest": "不予|未|尚|其他|其余|在办|正在|另",
    "rate": f"([{_H}]{{2,6}})率(?:达到|达|为|是)?([0-9]+(?:[.][0-9]+)?)%",
    "total_row": "^(?:合计|总计|共计|小计)$",
    # places
    "place": f"(?:^|[，。；：、（）“”《》 \u3000]|[市省州和与及由向在据原被对从经为将给的到是])([{_H}]{{2,3}}?)(县|区|旗|乡|镇)(?=人民政府|委员会|委|政府|司法局|公安局|财政局|党委|人大|综合)",
    "no_place": (
        "贯彻|落实|报请|提请|按照|根据|依照|遵照|执行|接受|服从|经过|通过|成立|组织|全面|各级|围绕|支持|配合|协助|对照|报告|上报|呈报|提交|报送|完成|推动|领导|纳入|提出|作为|代表|召开|"
        "担任|属于|位于|实行|建立|设立|发挥|加强|强化|坚持|做到|形成|得到|地方|基层|上级|下级|有关|相关|其他|所在|本级|当地|人民|全县|全区|本县|本区|我县|我区|我乡|我镇|该县|该镇|某|各|设区|辖|市辖|社|自治|街道|不设|"
        "甲|乙|丙|丁|X|新区|城区|开发|示范|两个|一个|几个|多个|及其|以及|或者|县级|乡级|县乡|乡镇|省|市|邻|村|派出|管辖|属地|承担|确定|负责|要求|监督|请示|列入|发现|移交|移送|送|由|向|报|的|^在|^经|乡$|镇$"
    ),
}

RULES = {
    "count": "数目不符", "placeholder": "没有填的空", "law": "依据失效", "article": "条号不对", "body": "机构旧称", "attachment": "缺附件",
    "empty": "空的一节", "duplicate": "重复段落", "overlap": "措施重复成绩", "unanswered": "有问题没措施", "spliced": "断句残句",
    "garbled": "乱码混排", "sum": "数字不合", "place": "别处地名",
}

EXPLAINED = {
    "count": "写“四个方面：”后面列了三个；“甲、乙、丙等2个镇”列的比数字多；“共15个镇：”和列出的对不上",
    "placeholder": "XX、xxxx、×××、202x、＿＿、某某（举例的除外）",
    "law": "书名号里的依据已经废止、改名、规划期届满，或者还没有施行；写明“原”“已废止”的不算",
    "article": "条、款、项在现行文本里没有；是旧条号的说明；说的事像是旧条号的，给出新条号",
    "body": "机构改革前的名称；写“原……”的不算",
    "attachment": "写了附后、见附件、见附表，文件里没有",
    "empty": "标题下面直接是下一个标题",
    "duplicate": "二十五字以上的段落完全相同，六十字以上的几乎相同",
    "overlap": "措施的话在成绩里已经写成做到了",
    "unanswered": "问题的要点在措施里没有出现；问题表里措施一栏是空的",
    "spliced": "半句断成两段、段落从半句开始、序号粘在上一段、句中插进别处的话、标点重复、括号引号不成对",
    "garbled": "错码、夹着拼音、繁体简体混排",
    "sum": "“其中”各项加起来超过总数，率和分子分母不合，表的合计不对",
    "place": "全文是一个县（乡镇），个别处写成别的县（乡镇）",
}

# Common characters (GB 2312 level 1) by their traditional form (in Big5, not in GB 2312), from OpenCC's TSCharacters (Apache-2.0).
TRADITIONAL = (
    "丟並亂亞佈佔併來侖侶侷係俠俬倆倉個們倖倫偉側偵偽傑傘備傢傭傳債傷傾僅僑僕僥僱價儀億儈儉償優儲兇兌兒內兩冊冪凈凍凜凱別刪則剎剛剝剮創剷劇劉劊劍劑勁動務勛勝勞勢勳勵勸勻匯區協卹卻厤厭厲參叢吳吶呂員唸問啞啟喚喪喫喬單喲嗆嗎嗚嘆嘔嘗嘩嘯噓噴噸嚇嚐嚙"
    "嚥嚨嚮嚴囂囌囑囪國圍園圓圖團埰執堅堯報場塊塗塢塵塹墊墜墮墳墾壇壓壘壞壟壩壯壺壽夠夢夾奧奪奮妝姦娛婁婦媽嬌嬰嬸孃孫學孿宮寀寢實寧審寫寬寵寶將專尋對導屆屍屜屢層屬岡島峽崑崗嶄嶺嶼嶽巋巒巖帥師帳帶幀幟幣幫幹幾庫廁廂廄廈廕廚廟廠廢廣廳弔張強彆彈彌彎"
    "彔彙彥彫彿徑從復徹恆恥悅悶悽惡惱愛慄態慘慚慣慫慮慶慼慾憂憊憐憑憚憤憫憲憶懇應懞懲懶懷懸懼懾戀戲戶拋挾捨捲掃掄掙掛採揀揚換揮損搖搗搶摟摯摳摻撈撐撓撣撥撫撲撻撾撿擁擄擇擊擋擔據擠擬擯擰擱擲擴擺擻擾攆攏攔攙攜攝攢攣攤攪攬敗敘敵數斂斃斬斷旂昇時晉晝"
    "暈暢暫曆曉曏曠曬書會朮東枴柵柺桿條棄棗棟棧棲楊楓業極榦榮構槍槓槳樁樂樑樓標樞樣樸樹橋機橢橫檔檢檯檸檻櫃櫥櫻欄權欽歎歐歡歲歷歸殘殭殲殺殼毀毆氈氣氫氾汎汙決沒沖況泝洩洶涼淒淚淨淩淪淵淺渙減渦測渾湊湧湯準溝溫溼滄滅滌滬滯滲滷滾滿漁漚漢漣漬漲漸漿潑"
    "潔潛潤潰澀澆澇澗澤澱濁濃濕濘濛濟濤濫濰濱濺濾瀉瀕瀝瀾灑灕灘灣灤災為烏烴無煉煙煥煩熒熱熾燈燒燙營燦燬燭燴燻燼爍爐爛爭爺爾牆牽犢犧狀狹狽猙猶獃獄獅獎獨獰獲獵獸獺獻現琱琺瑣瑤瑩瑪環瓊甕產甦畝畢異當疇疊痙痠瘋瘍瘓瘡瘧療癒癟癡癢癥癬癰癱發皁皚皺盃盜盞"
    "盡監盤盧盪眾睏睜瞞矇矚矯硃硯碩確碼磚礎礙礦礫礬祕祿禍禦禮禱禿稅稈稜種稱穀積穎穢穩穫窩窪窮窯窺竄竅竊競筆筍箇箋節範築篩簍簑簡簽簾籃籌籠籤籬籮籲粵糞糧糰糾紀約紅紉紋納紐純紗紙級紛紡紮細紳紹終絃組絆結絕絛絞絡絢給絨統絲絹綁綏綑經綜綠綢維綱網綴綸綻"
    "綽綿緊緒緘緝緞締緣編緩緬緯練緻縛縣縫縮縱縴縷總績繃織繕繞繡繩繪繫繭繳繹繼續纍纏纓纔纖纜缽罈罰罵罷羅羨義習翫翹聖聞聯聰聲聳聶職聽聾肅脅脈脣脩脫脹腎腦腫腳腸膚膠膩膽膿臉臍臘臟臥臨臺與興舉舊艙艦艱艷茲荊莊莖莢華萊萬葉葦葯葷蒐蒼蓆蓋蓮蔔蔘蔣蔥蔭蕩蕪"
    "蕭薊薑薔薦薩藍藝藥藹蘆蘇蘊蘭蘿處虛虜號虧蛻蝕蝦蝨蝸螞螢蟄蟬蟲蟻蠅蠍蠟蠱蠶蠻衊術衕衚衛衝補裝裡製複褲襖襪襯襲覈見規覓視親覺覽觀觸訂訃計訊討訓訖記訛訝訟訣訪設許訴診註証詐評詛詞詠詢詣試詩詫詭話該詳誅誇誌認誕誘語誠誡誣誤誦誨說誰課誹誼調諄談請諒論"
    "諜諧諱諷諸諺諾謀謂謄謅謊謎謗謙講謝謠謬謹謾譁證譏識譚譜譟譭譯議譴護譽讀變讒讓讕讚豈豎豐豔豬貓貝貞負財貢貧貨販貪貫責貯貳貴貶貸費貼貿賀賂賃賄資賈賊賒賓賜賞賠賢賣賤賦質賬賭賴賺購賽贅贈贊贍贏贓贖贛趕趙趨跡踐踰踴蹟蹤躊躍躥軀車軋軌軍軒軟軸較載輓輔"
    "輕輛輝輥輩輪輯輸輻輾輿轄轅轉轍轎轟辦辭辮辯農迴這連週進遊運過達違遙遜遞遠適遲遷選遺遼邁還邊邏郵鄉鄒鄖鄧鄭鄰鄲醜醞醫醬釀釁釋釐釘針釣釦釩鈅鈉鈍鈔鈕鈞鈣鈴鈾鉀鉆鉑鉗鉚鉛鉤鉸鉻銀銅銑銘銜銥銳銷銻鋁鋅鋇鋒鋤鋪鋸鋼錄錐錘錠錢錦錨錫錯錳錶鍋鍍鍘鍛鍬鍵鍺"
    "鍼鎂鎊鎌鎖鎚鎢鎬鎮鎳鏈鏟鏡鏽鐐鐘鐮鐳鐵鑄鑑鑒鑰鑲鑷鑼鑽鑿長門閃閉閏閑間閘閡閣閤閥閨閩閱閹閻闆闇闊闌闖關闡闢陝陞陣陰陳陸陽隊階隕際隨險隱隴隸隻雖雙雛雜雞離難雲電霑霧靈靜鞏鞦韆韋韌韓韻響頁頂頃項順須頌預頑頒頓頗領頤頭頰頸頹頻顆題額顏顛類顧顫顯顱"
    "顴風颱颳飄飛飢飯飲飼飽飾餃餅養餌餒餓餞餡館餾饅饋饑饒饞馬馭馮馱馳馴駁駐駒駕駛駝駭駱駿騁騎騙騰騷騾驅驕驗驚驟驢骯髒體髮鬆鬍鬚鬥鬧鬨鬱魚魯鮑鮮鯉鯨鰓鱉鱗鳥鳳鳴鴉鴕鴛鴦鴨鴻鴿鵑鵝鵬鵲鶴鷗鷹鹵鹹鹼鹽麗麥黃點黨黴鼕齊齋齒齡齣齲龍龐龔龜"
)
SIMPLIFIED = (
    "丢并乱亚布占并来仑侣局系侠私俩仓个们幸伦伟侧侦伪杰伞备家佣传债伤倾仅侨仆侥雇价仪亿侩俭偿优储凶兑儿内两册幂净冻凛凯别删则刹刚剥剐创铲剧刘刽剑剂劲动务勋胜劳势勋励劝匀汇区协恤却历厌厉参丛吴呐吕员念问哑启唤丧吃乔单哟呛吗呜叹呕尝哗啸嘘喷吨吓尝啮"
    "咽咙向严嚣苏嘱囱国围园圆图团采执坚尧报场块涂坞尘堑垫坠堕坟垦坛压垒坏垄坝壮壶寿够梦夹奥夺奋妆奸娱娄妇妈娇婴婶娘孙学孪宫采寝实宁审写宽宠宝将专寻对导届尸屉屡层属冈岛峡昆岗崭岭屿岳岿峦岩帅师帐带帧帜币帮干几库厕厢厩厦荫厨庙厂废广厅吊张强别弹弥弯"
    "录汇彦雕佛径从复彻恒耻悦闷凄恶恼爱栗态惨惭惯怂虑庆戚欲忧惫怜凭惮愤悯宪忆恳应蒙惩懒怀悬惧慑恋戏户抛挟舍卷扫抡挣挂采拣扬换挥损摇捣抢搂挚抠掺捞撑挠掸拨抚扑挞挝捡拥掳择击挡担据挤拟摈拧搁掷扩摆擞扰撵拢拦搀携摄攒挛摊搅揽败叙敌数敛毙斩断旗升时晋昼"
    "晕畅暂历晓向旷晒书会术东拐栅拐杆条弃枣栋栈栖杨枫业极干荣构枪杠桨桩乐梁楼标枢样朴树桥机椭横档检台柠槛柜橱樱栏权钦叹欧欢岁历归残僵歼杀壳毁殴毡气氢泛泛污决没冲况溯泄汹凉凄泪净凌沦渊浅涣减涡测浑凑涌汤准沟温湿沧灭涤沪滞渗卤滚满渔沤汉涟渍涨渐浆泼"
    "洁潜润溃涩浇涝涧泽淀浊浓湿泞蒙济涛滥潍滨溅滤泻濒沥澜洒漓滩湾滦灾为乌烃无炼烟焕烦荧热炽灯烧烫营灿毁烛烩熏烬烁炉烂争爷尔墙牵犊牺状狭狈狰犹呆狱狮奖独狞获猎兽獭献现雕珐琐瑶莹玛环琼瓮产苏亩毕异当畴叠痉酸疯疡痪疮疟疗愈瘪痴痒症癣痈瘫发皂皑皱杯盗盏"
    "尽监盘卢荡众困睁瞒蒙瞩矫朱砚硕确码砖础碍矿砾矾秘禄祸御礼祷秃税秆棱种称谷积颖秽稳获窝洼穷窑窥窜窍窃竞笔笋个笺节范筑筛篓蓑简签帘篮筹笼签篱箩吁粤粪粮团纠纪约红纫纹纳纽纯纱纸级纷纺扎细绅绍终弦组绊结绝绦绞络绚给绒统丝绢绑绥捆经综绿绸维纲网缀纶绽"
    "绰绵紧绪缄缉缎缔缘编缓缅纬练致缚县缝缩纵纤缕总绩绷织缮绕绣绳绘系茧缴绎继续累缠缨才纤缆钵坛罚骂罢罗羡义习玩翘圣闻联聪声耸聂职听聋肃胁脉唇修脱胀肾脑肿脚肠肤胶腻胆脓脸脐腊脏卧临台与兴举旧舱舰艰艳兹荆庄茎荚华莱万叶苇药荤搜苍席盖莲卜参蒋葱荫荡芜"
    "萧蓟姜蔷荐萨蓝艺药蔼芦苏蕴兰萝处虚虏号亏蜕蚀虾虱蜗蚂萤蛰蝉虫蚁蝇蝎蜡蛊蚕蛮蔑术同胡卫冲补装里制复裤袄袜衬袭核见规觅视亲觉览观触订讣计讯讨训讫记讹讶讼诀访设许诉诊注证诈评诅词咏询诣试诗诧诡话该详诛夸志认诞诱语诚诫诬误诵诲说谁课诽谊调谆谈请谅论"
    "谍谐讳讽诸谚诺谋谓誊诌谎谜谤谦讲谢谣谬谨谩哗证讥识谭谱噪毁译议谴护誉读变谗让谰赞岂竖丰艳猪猫贝贞负财贡贫货贩贪贯责贮贰贵贬贷费贴贸贺赂赁贿资贾贼赊宾赐赏赔贤卖贱赋质账赌赖赚购赛赘赠赞赡赢赃赎赣赶赵趋迹践逾踊迹踪踌跃蹿躯车轧轨军轩软轴较载挽辅"
    "轻辆辉辊辈轮辑输辐辗舆辖辕转辙轿轰办辞辫辩农回这连周进游运过达违遥逊递远适迟迁选遗辽迈还边逻邮乡邹郧邓郑邻郸丑酝医酱酿衅释厘钉针钓扣钒钥钠钝钞钮钧钙铃铀钾钻铂钳铆铅钩铰铬银铜铣铭衔铱锐销锑铝锌钡锋锄铺锯钢录锥锤锭钱锦锚锡错锰表锅镀铡锻锹键锗"
    "针镁镑镰锁锤钨镐镇镍链铲镜锈镣钟镰镭铁铸鉴鉴钥镶镊锣钻凿长门闪闭闰闲间闸阂阁合阀闺闽阅阉阎板暗阔阑闯关阐辟陕升阵阴陈陆阳队阶陨际随险隐陇隶只虽双雏杂鸡离难云电沾雾灵静巩秋千韦韧韩韵响页顶顷项顺须颂预顽颁顿颇领颐头颊颈颓频颗题额颜颠类顾颤显颅"
    "颧风台刮飘飞饥饭饮饲饱饰饺饼养饵馁饿饯馅馆馏馒馈饥饶馋马驭冯驮驰驯驳驻驹驾驶驼骇骆骏骋骑骗腾骚骡驱骄验惊骤驴肮脏体发松胡须斗闹哄郁鱼鲁鲍鲜鲤鲸鳃鳖鳞鸟凤鸣鸦鸵鸳鸯鸭鸿鸽鹃鹅鹏鹊鹤鸥鹰卤咸碱盐丽麦黄点党霉冬齐斋齿龄出龋龙庞龚龟"
)


def facts(catalog: Catalog) -> dict[str, Any]:
    """What the catalogue knows, with the patterns: the second argument of ``drafts.check`` and ``faduDraftCheck``."""
    names, laws, former, moved = {}, {}, {}, {}
    for key, law in catalog.all("laws"):
        assert isinstance(law, Law)
        after = catalog[law.successor.key] if law.successor else None
        row: dict[str, Any] = {"title": str(law.title), "state": law.status(catalog.as_of)}
        if after is not None:
            row["now"] = str(after.title)
        if law.plan_until:
            row["until"] = law.plan_until.isoformat()
        elif law.current.until and row["state"] == "已废止":
            row["until"] = law.current.until.isoformat()
        elif row["state"] == "尚未施行":
            row["from"] = str(law.versions[0].effective)
        if law.confidence == "高" and law.numbering == "article":
            row["shape"] = _shape(law)
            row["old"] = [number for version in law.versions[:-1] for number in version.shape if number not in law.articles]
        laws[key.id] = row
        for old in law.former:
            former[str(old)] = key.id
    for name in catalog.law_names():
        names[name] = catalog.law(name).id  # type: ignore[union-attr]
    for _, change in catalog.all("changes"):
        law = catalog[change.law.key]  # type: ignore[attr-defined]
        gists = {number: str(article.gist or "") for number, article in law.articles.items()}  # type: ignore[attr-defined]
        pairs = {old: [new, gists.get(old, ""), gists.get(new, "")] for old, new in change.articles.items() if old != new and new in gists}  # type: ignore[attr-defined]
        if pairs:
            moved[change.law.key.id] = pairs  # type: ignore[attr-defined]
    bodies = {}
    for _, role in catalog.all("roles"):
        assert isinstance(role, Role)
        note = ""
        for old in role.former:
            note = note if str(old.note or "").startswith("同上") else str(old.note or "")
            bodies[str(old.name)] = [str(role.title), str(old.until or ""), note]
    return known() | {"names": names, "former": former, "laws": laws, "moved": moved, "bodies": bodies}


def known() -> dict[str, Any]:
    """The part of the facts that no catalogue changes."""
    return {"patterns": PATTERNS, "rules": RULES, "traditional": TRADITIONAL, "simplified": SIMPLIFIED, "only_simplified": ONLY_SIMPLIFIED}


def _shape(law: Law) -> str:
    """Paragraphs and items of every article: ``0|6.0|12-1=0``; the number stands only where it isn't the next one."""
    found, before = [], 0
    for number, article in law.articles.items():
        form = ".".join(str(size if isinstance(size, int) else len(size)) for size in article.shape)
        found.append(form if number == str(before + 1) else f"{number}={form}")
        before = int(number.partition("-")[0])
    return "|".join(found)


def _simplified_alone() -> str:
    """Those of the simplified characters that no traditional text has (not in Big5)."""
    def stands(sign: str) -> bool:
        try:
            sign.encode("big5")
        except UnicodeEncodeError:
            return True
        return False

    return "".join(dict.fromkeys(sign for sign in SIMPLIFIED if stands(sign)))


ONLY_SIMPLIFIED = _simplified_alone()


def script(catalog: Catalog) -> bytes:
    """``window.faduDrafts`` for the page draft.html."""
    return scripts.classic("faduDrafts", facts(catalog))


__all__ = ["EXPLAINED", "ONLY_SIMPLIFIED", "PATTERNS", "RULES", "SIMPLIFIED", "TRADITIONAL", "facts", "known", "script"]
