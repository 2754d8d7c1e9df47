/** What people and back ends say in the scenes, in a language of each direction. */
export interface Words {
  language: 'en' | 'ar';
  direction: 'ltr' | 'rtl';
  ben: string;
  cleo: string;
  dev: string;
  room: string;
  closed: string;
  lines: {
    question: string;
    answer: string;
    more: string;
    later: string;
    own: string;
    ownMore: string;
    link: string;
    breaks: string;
    yesterday: string;
  };
  order: { title: string; message: string };
  stock: { title: string; message: string };
  report: { title: string; message: string };
  long: { title: string; message: string };
}

/** Nothing that a line could be broken at. */
export const LONG_WORD = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

export const EMOJI = '👍 🎉 ☕️ 👩🏽‍🚀';

export const english: Words = {
  language: 'en',
  direction: 'ltr',
  ben: 'Ben Okafor',
  cleo: 'Cleo',
  dev: 'Dev Maximilian Featherstonehaugh-Cholmondeley',
  room: 'Packing table',
  closed: 'This conversation is closed. Open a new request to write again.',
  lines: {
    question: 'Morning! Is #12345 packed already?',
    answer: 'Three bags are in the box, only the label is missing.',
    more: 'Shipping answers slowly today.',
    later: 'I can print it here if that helps.',
    own: 'Give it a minute, I have told them.',
    ownMore: 'The courier comes at four.',
    link: 'The slip is at https://shop.example/orders/12345/packing-slip?copy=2, please check it.',
    breaks: 'Still to do:\n1. weigh it\n2. tape it\n\nThen it can go.',
    yesterday: 'See you tomorrow.',
  },
  order: { title: 'New order', message: 'You have received a new order #12345' },
  stock: { title: 'Stock is low', message: 'Espresso, 1 kg: 3 bags are left, and 5 are on order.' },
  report: { title: 'Weekly report', message: 'The figures of week 10 are ready.' },
  long: {
    title: 'The supplier of the green coffee has changed the date of delivery of four open purchase orders',
    message:
      'Orders 4711, 4712, 4715 and 4720 come on Thursday instead of Tuesday. Nobody else has been told yet: write to the shops that wait for them, or move the stock of the second warehouse until then.',
  },
};

export const arabic: Words = {
  language: 'ar',
  direction: 'rtl',
  ben: 'بدر العلي',
  cleo: 'كاميليا',
  dev: 'ضياء الدين عبد الرحمن بن محمد الأنصاري القرطبي',
  room: 'طاولة التغليف',
  closed: 'هذه المحادثة مغلقة. افتح طلبًا جديدًا لتكتب من جديد.',
  lines: {
    question: 'صباح الخير! هل جُهّز الطلب #12345؟',
    answer: 'الأكياس الثلاثة في الصندوق، ولا ينقص إلا الملصق.',
    more: 'قسم الشحن بطيء اليوم.',
    later: 'أستطيع طباعته هنا إن كان ذلك يفيد.',
    own: 'انتظر دقيقة، لقد أخبرتهم.',
    ownMore: 'يصل المندوب في الرابعة.',
    link: 'القسيمة في https://shop.example/orders/12345/packing-slip?copy=2 فراجعها من فضلك.',
    breaks: 'بقي علينا:\n1. الوزن\n2. الإغلاق\n\nثم يمكن إرساله.',
    yesterday: 'إلى الغد.',
  },
  order: { title: 'طلب جديد', message: 'وصلك طلب جديد رقم #12345' },
  stock: { title: 'المخزون منخفض', message: 'إسبريسو، 1 كغ: بقيت 3 أكياس، و5 في الطريق.' },
  report: { title: 'التقرير الأسبوعي', message: 'أرقام الأسبوع العاشر جاهزة.' },
  long: {
    title: 'غيّر مورّد البن الأخضر موعد تسليم أربعة من أوامر الشراء المفتوحة',
    message:
      'تصل الأوامر 4711 و4712 و4715 و4720 يوم الخميس بدلًا من الثلاثاء. لم يُخبَر أحد بعد: اكتب إلى المتاجر التي تنتظرها، أو انقل مخزون المستودع الثاني حتى ذلك الحين.',
  },
};
