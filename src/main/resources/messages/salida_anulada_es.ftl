Corrección: salida de ${student} a las ${time}

Hola:

Corrección: la salida de ${student} a las ${time} por ${gate} fue registrada por error.
Sentimos la confusión. Si tienes dudas, llama al colegio.

-- 
Aviso automático de ${school}. No hace falta responder.
