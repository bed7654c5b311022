${student} entró al colegio a las ${time}

Hola:

${student} entró al colegio a las ${time} por ${gate}.

-- 
Aviso automático de ${school}. No hace falta responder.
