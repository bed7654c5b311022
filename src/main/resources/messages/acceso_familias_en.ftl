Your link to see attendance at ${school}

Hello, ${guardian},

Open this link to see attendance at ${school}. It works once, for 10 minutes.

${link}

If you did not ask for it, do nothing.

-- 
Automatic notice from ${school}. No reply is needed.
