Corrección: ingreso de ${student} a las ${time}

Hola:

Corrección: el ingreso de ${student} a las ${time} por ${gate} fue registrado por error.
Sentimos la confusión. Si tienes dudas, llama al colegio.

-- 
Aviso automático de ${school}. No hace falta responder.
