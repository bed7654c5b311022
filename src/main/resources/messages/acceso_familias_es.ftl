Tu enlace para ver la asistencia en ${school}

Hola, ${guardian}:

Abre este enlace para ver la asistencia en ${school}. Sirve una vez, durante 10 minutos.

${link}

Si no lo pediste, no hagas nada.

-- 
Aviso automático de ${school}. No hace falta responder.
