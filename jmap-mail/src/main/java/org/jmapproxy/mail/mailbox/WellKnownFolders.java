package org.jmapproxy.mail.mailbox;

/** What mail programs call the folders of a role, language by language. */
final class WellKnownFolders {

  static final String NAMES =
      """
      drafts: Drafts, Draft, Draft Messages, Unsent
      drafts: Entwürfe, Entwurf, Brouillons, Brouillon, Borradores, Borrador, Bozze, Bozza
      drafts: Rascunhos, Rascunho, Concepten, Concept, Kladder, Kladde, Utkast, Luonnokset
      drafts: Wersje robocze, Szkice, Kopie robocze, Koncepty, Rozepsané, Piszkozatok, Ciorne
      drafts: Черновики, Чернетки, Чернови, Πρόχειρα, Taslaklar, טיוטות, مسودات, المسودات
      drafts: 草稿, 草稿箱, 草稿夹, 草稿匣, 下書き, 임시 보관함, 임시보관함, Bản nháp, Esborranys, Draf, Drög
      sent: Sent, Sent Items, Sent Messages, Sent Mail, Sent-Mail, Sent Objects
      sent: Gesendet, Gesendete, Gesendete Objekte, Gesendete Elemente, Gesendete Nachrichten
      sent: Gesendete E-Mails, Postausgang gesendet, Envoyés, Messages envoyés, Éléments envoyés
      sent: Courrier envoyé, Enviados, Elementos enviados, Mensajes enviados, Correo enviado
      sent: Inviati, Inviata, Posta inviata, Elementi inviati, Itens enviados, Mensagens enviadas
      sent: Verzonden, Verzonden items, Verzonden berichten, Sendt, Sendte elementer, Sendt post
      sent: Skickat, Skickade, Skickade objekt, Lähetetyt, Lähetetyt viestit, Wysłane
      sent: Elementy wysłane, Odeslané, Odeslaná pošta, Odoslané, Elküldött, Elküldött elemek
      sent: Trimise, Elemente trimise, Отправленные, Отправленное, Надіслані, Изпратени
      sent: Απεσταλμένα, Gönderilmiş Öğeler, Gönderilenler, Gönderilmiş, פריטים שנשלחו, דואר יוצא
      sent: الرسائل المرسلة, العناصر المرسلة, 已发送, 已发送邮件, 已发邮件, 寄件備份, 寄件备份, 送信済み
      sent: 送信済みアイテム, 送信済みメール, 보낸 편지함, 보낸편지함, Đã gửi, Thư đã gửi, Enviats, Terkirim
      trash: Trash, Deleted, Deleted Items, Deleted Messages, Bin, Wastebasket, Rubbish
      trash: Papierkorb, Gelöscht, Gelöschte Objekte, Gelöschte Elemente, Gelöschte Nachrichten
      trash: Corbeille, Éléments supprimés, Messages supprimés, Papelera, Elementos eliminados
      trash: Eliminados, Cestino, Posta eliminata, Elementi eliminati, Lixo, Lixeira
      trash: Itens excluídos, Itens eliminados, Prullenbak, Prullenmand, Verwijderde items
      trash: Papirkurv, Slettet post, Slettede elementer, Slettede meldinger, Søppel, Papperskorgen
      trash: Borttagna objekt, Roskakori, Poistetut, Poistetut viestit, Kosz, Elementy usunięte
      trash: Koš, Odstraněná pošta, Kôš, Odstránené položky, Lomtár, Kuka, Törölt elemek
      trash: Coș de gunoi, Gunoi, Elemente șterse, Корзина, Удаленные, Удалённые, Кошик, Видалені
      trash: Кошче, Κάδος απορριμμάτων, Κάδος, Απορρίμματα, Çöp Kutusu, Çöp, Silinmiş Öğeler, אשפה
      trash: פריטים שנמחקו, سلة المهملات, المهملات, العناصر المحذوفة, 已删除, 已删除邮件, 废件箱, 垃圾桶
      trash: 刪除的郵件, ゴミ箱, ごみ箱, 削除済みアイテム, 휴지통, 지운 편지함, Thùng rác, Paperera, Sampah
      junk: Junk, Junk E-Mail, Junk Email, Junk Mail, Spam, Spam Mail, Spam Messages, Bulk
      junk: Bulk Mail, Spamverdacht, Unerwünscht, Unerwünschte Werbung, Unerwünschte Nachrichten
      junk: Junk-E-Mail, Courrier indésirable, Indésirables, Pourriel, Correo no deseado
      junk: No deseado, Correo basura, Posta indesiderata, Indesiderata, Lixo eletrônico
      junk: Lixo eletrónico, Correio não solicitado, Ongewenste e-mail, Ongewenst, Spamberichten
      junk: Uønsket e-post, Uønsket mail, Uønsket post, Skräppost, Roskaposti, Wiadomości-śmieci
      junk: Wiadomości śmieci, Niechciane, Nevyžádaná pošta, Nevyžiadaná pošta, Levélszemét
      junk: Mesaje nedorite, Спам, Нежелательная почта, Небажана пошта, Нежелана поща
      junk: Ανεπιθύμητη αλληλογραφία, Ανεπιθύμητα, Önemsiz, Önemsiz E-posta, İstenmeyen, דואר זבל
      junk: البريد غير الهام, رسائل مزعجة, 垃圾邮件, 垃圾郵件, 垃圾箱, 迷惑メール, 스팸, 스팸 편지함, 정크 메일
      junk: Thư rác, Correu brossa
      archive: Archive, Archives, Archived, Archiv, Archief, Archivo, Archivio, Arquivo, Arkiv
      archive: Arkisto, Arkisto, Archiwum, Archivovat, Archív, Archívum, Arhivă, Архив, Архів
      archive: Αρχείο, Αρχειοθήκη, Arşiv, ארכיון, الأرشيف, 存档, 归档, 封存, アーカイブ, 보관함, Lưu trữ
      archive: Arxiu, Arsip
      """;

  private WellKnownFolders() {}
}
