Seu link para ver a frequência em ${school}

Olá, ${guardian}:

Abra este link para ver a frequência em ${school}. Ele vale uma vez, por 10 minutos.

${link}

Se você não o pediu, não faça nada.

-- 
Aviso automático de ${school}. Não é preciso responder.
